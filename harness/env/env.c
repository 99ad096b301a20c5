/* SPDX-License-Identifier: MIT */
#include "harness/env/env.h"

#include <hwloc.h>
#include <sys/utsname.h>
#include <time.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

#define PARANOID_PATH "/proc/sys/kernel/perf_event_paranoid"

static json_t *utc_now(void)
{
	char text[sizeof("2000-01-01T00:00:00Z") + 16];
	time_t seconds = time(NULL);
	struct tm utc;

	if (!gmtime_r(&seconds, &utc) || !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc))
		return NULL;
	return json_string(text);
}

static json_t *library_versions(const struct env_build *build)
{
	json_t *libraries = json_object();

	env_put(libraries, "ck", env_string(build->ck));
	env_put(libraries, "liburcu", env_string(build->liburcu));
	env_put(libraries, "hwloc", env_string(HWLOC_VERSION));
	env_put(libraries, "jansson", env_string(JANSSON_VERSION));
	env_put(libraries, "benchmark", env_string(build->benchmark));
	return libraries;
}

static json_t *build_info(const struct env_build *build)
{
	json_t *info = json_object();

	env_put(info, "version", env_string(build->version));
	env_put(info, "commit", env_string(build->commit));
	env_put(info, "id", env_string(build->id));
	env_put(info, "compiler", env_string(build->compiler));
	env_put(info, "flags", env_string(build->flags));
	env_put(info, "build_type", env_string(build->build_type));
	return info;
}

/* Members are ordered for human readers. The environment is published with the results, so it must
 * not identify the machine or its owner. */
static json_t *collect_environment(const struct env_root *root, const struct env_build *build)
{
	json_t *env = json_object();

	env_put(env, "time", utc_now());
	env_put(env, "architecture", env_string(root->architecture));
	env_put(env, "kernel", env_kernel(root));
	env_put(env, "cpu", env_cpu(root));
	env_put(env, "cpus", env_cpus(root));
	env_put(env, "topology", env_topology(root));
	env_put(env, "smt", env_smt(root, json_object_get(env, "topology")));
	env_put(env, "frequency", env_frequency(root));
	env_put(env, "cgroup", env_cgroup(root));
	env_put(env, "memory", env_memory(root));
	env_put(env, "mitigations", env_mitigations(root));
	env_put(env, "speculation", env_speculation(root));
	env_put(env, "clock", env_clock(root));
	env_put(env, "virtualization", env_virtualization(root));
	env_put(env, "perf_event_paranoid", env_read_integer(root, PARANOID_PATH));
	env_put(env, "load", env_load(root));
	env_put(env, "iommu_groups", env_iommu_groups(root));
	env_put(env, "libraries", library_versions(build));
	env_put(env, "build", build_info(build));
	return env;
}

json_t *env_collect(const struct env_root *root, const struct env_build *build)
{
	static const struct env_build unknown;
	struct env_root live = {.prefix = ""};
	struct utsname names;

	if (!uname(&names))
		live.architecture = names.machine;
	return collect_environment(root ? root : &live, build ? build : &unknown);
}
