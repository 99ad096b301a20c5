/* SPDX-License-Identifier: MIT */
/* What the running kernel says of itself. */
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

#define CLOCK_PATH "/sys/devices/system/clocksource/clocksource0"
#define FAULTS_PATH "/sys/devices/system/cpu/vulnerabilities"

json_t *env_kernel(const struct env_root *root)
{
	json_t *kernel = json_object();

	env_put(kernel, "release", env_read_string(root, "/proc/sys/kernel/osrelease"));
	env_put(kernel, "version", env_read_string(root, "/proc/sys/kernel/version"));
	env_put(kernel, "command_line", env_read_string(root, "/proc/cmdline"));
	return kernel;
}

json_t *env_mitigations(const struct env_root *root)
{
	json_t *names = env_read_directory(root, FAULTS_PATH);
	json_t *mitigations = names ? json_object() : NULL;
	json_t *name;
	size_t i;

	json_array_foreach (names, i, name) {
		const char *fault = json_string_value(name);

		env_put(mitigations, fault, env_read_string(root, FAULTS_PATH "/%s", fault));
	}
	json_decref(names);
	return mitigations;
}

/* A time stamp counter that neither changes its rate nor stops; a question for x86 only. */
static json_t *invariant_tsc(const struct env_root *root)
{
	char *cpuinfo = env_read(root, "/proc/cpuinfo");
	char *flags = env_value(cpuinfo, "flags");
	json_t *invariant = NULL;

	if (flags && env_is_x86(root->architecture))
		invariant = json_boolean(
		    env_has_word(flags, "constant_tsc") && env_has_word(flags, "nonstop_tsc"));
	free(flags);
	free(cpuinfo);
	return invariant;
}

json_t *env_clock(const struct env_root *root)
{
	json_t *clock = json_object();

	env_put(clock, "source", env_read_string(root, CLOCK_PATH "/current_clocksource"));
	env_put(clock, "available", env_read_string(root, CLOCK_PATH "/available_clocksource"));
	env_put(clock, "invariant_tsc", invariant_tsc(root));
	return clock;
}

/* Over the last 1, 5 and 15 minutes. */
json_t *env_load(const struct env_root *root)
{
	char *text = env_read(root, "/proc/loadavg");
	json_t *load = json_array();

	for (char *at = text, *end; at && json_array_size(load) < 3; at = end) {
		double average = strtod(at, &end);

		if (end == at)
			break;
		json_array_append_new(load, json_real(average));
	}
	free(text);
	if (json_array_size(load) == 3)
		return load;
	json_decref(load);
	return NULL;
}

/* "always [madvise] never" is madvise. */
static json_t *transparent_huge_pages(const struct env_root *root)
{
	char *text = env_read(root, "/sys/kernel/mm/transparent_hugepage/enabled");
	const char *chosen = text ? strchr(text, '[') : NULL;
	json_t *value = chosen ? json_stringn(chosen + 1, strcspn(chosen + 1, "]")) : NULL;

	free(text);
	return value;
}

static json_t *memory_bytes(const struct env_root *root)
{
	char *meminfo = env_read(root, "/proc/meminfo");
	json_t *total = env_integer_own(env_value(meminfo, "MemTotal"));

	if (total) /* told in KiB */
		json_integer_set(total, json_integer_value(total) * 1024);
	free(meminfo);
	return total;
}

json_t *env_memory(const struct env_root *root)
{
	json_t *memory = json_object();

	env_put(memory, "bytes", memory_bytes(root));
	env_put(memory, "transparent_huge_pages", transparent_huge_pages(root));
	return memory;
}

json_t *env_iommu_groups(const struct env_root *root)
{
	json_t *groups = env_read_directory(root, "/sys/kernel/iommu_groups");
	json_t *nr = groups ? json_integer((json_int_t)json_array_size(groups)) : NULL;

	json_decref(groups);
	return nr;
}
