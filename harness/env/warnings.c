/* SPDX-License-Identifier: MIT */
/* Finds properties in an environment that will disturb measurements. An unknown value causes no
 * warning. */
#include <string.h>

#include "harness/env/env.h"
#include "harness/env/read.h"
#include "harness/env/sections.h"

#define MIN_CPUS 4
#define MAX_LOAD 0.5
#define MAX_PARANOID 2 /* with a higher value, unprivileged users cannot count events at all */

/* Returns a new warning, and steals both references. */
static json_t *new_warning(json_t *what, json_t *mend)
{
	json_t *pair = json_object();

	env_put(pair, "what", what);
	env_put(pair, "mend", mend);
	return pair;
}

static json_int_t integer_at(const json_t *env, const char *path)
{
	return json_integer_value(env_at(env, path));
}

static const char *string_at(const json_t *env, const char *path)
{
	const char *text = json_string_value(env_at(env, path));

	return text ? text : "";
}

static const char *plural_ending(json_int_t nr)
{
	return nr == 1 ? "" : "s";
}

static int is_on(const json_t *env, const char *path)
{
	return json_is_true(env_at(env, path));
}

/* Returns the number of CPUs that this process may use, or 0 if unknown. */
static json_int_t usable_cpus(const json_t *env)
{
	json_int_t allowed = integer_at(env, "cpus.allowed");

	return allowed ? allowed : integer_at(env, "cpus.online");
}

static json_t *warn_guest(const json_t *env)
{
	if (!is_on(env, "virtualization.guest"))
		return NULL;
	return new_warning(
	    json_string("this is a virtual machine: its CPUs are shared and may be taken away"),
	    json_string(
		"run on bare metal, or compare ratios within one sweep, not absolute figures"));
}

static json_t *few_cpus(const json_t *env)
{
	json_int_t cpus = usable_cpus(env);

	if (!cpus || cpus >= MIN_CPUS)
		return NULL;
	return new_warning(
	    json_sprintf("%d CPU%s cannot show scaling", (int)cpus, plural_ending(cpus)),
	    json_sprintf("use a machine with %d CPUs or more", MIN_CPUS));
}

static json_t *warn_affinity(const json_t *env)
{
	json_int_t online = integer_at(env, "cpus.online"), allowed = usable_cpus(env);

	if (!online || allowed >= online)
		return NULL;
	return new_warning(
	    json_sprintf("this process may use only CPUs %s of %s",
		string_at(env, "cpus.allowed_list"), string_at(env, "cpus.online_list")),
	    json_sprintf("taskset -c %s COMMAND, outside any cpuset or container",
		string_at(env, "cpus.online_list")));
}

static json_t *warn_cgroup(const json_t *env)
{
	double limit = json_number_value(env_at(env, "cgroup.cpu_limit"));
	const char *file = string_at(env, "cgroup.file");
	json_int_t cpus = usable_cpus(env);

	if (limit <= 0 || !cpus || limit >= (double)cpus)
		return NULL;
	return new_warning(
	    json_sprintf(
		"a control group limits %d CPU%s to the CPU time of %g: threads will be throttled",
		(int)cpus, plural_ending(cpus), limit),
	    json_sprintf("echo %s | sudo tee %s, or start the container without a CPU limit",
		strstr(file, "cpu.max") ? "max" : "-1", file));
}

static json_t *warn_governor(const json_t *env)
{
	json_t *governors = env_at(env, "frequency.governors"), *nr;
	const char *name;

	json_object_foreach (governors, name, nr)
		if (strcmp(name, "performance") != 0)
			return new_warning(
			    json_sprintf("frequency governor %s on %d CPU%s", name,
				(int)json_integer_value(nr), plural_ending(json_integer_value(nr))),
			    json_string("sudo cpupower frequency-set -g performance"));
	return NULL;
}

static json_t *warn_turbo(const json_t *env)
{
	if (!is_on(env, "frequency.turbo.on"))
		return NULL;
	return new_warning(json_string("turbo is on: few busy CPUs run faster than many"),
	    json_sprintf("echo %d | sudo tee %s", (int)integer_at(env, "frequency.turbo.off_value"),
		string_at(env, "frequency.turbo.switch")));
}

static json_t *warn_smt(const json_t *env)
{
	if (!is_on(env, "smt"))
		return NULL;
	return new_warning(json_string("SMT is on: two threads on one core slow each other down"),
	    json_string("pin one thread per core, or "
			"echo off | sudo tee /sys/devices/system/cpu/smt/control"));
}

static json_t *mixed_cores(const json_t *env)
{
	json_t *kinds = env_at(env, "topology.kinds");
	size_t nr = json_array_size(kinds);

	if (nr < 2)
		return NULL;
	return new_warning(
	    json_sprintf("%d kinds of cores: threads on slower cores lag behind", (int)nr),
	    json_sprintf(
		"taskset -c %s COMMAND", json_string_value(json_array_get(kinds, nr - 1))));
}

static json_t *warn_load(const json_t *env)
{
	double one = json_number_value(json_array_get(env_at(env, "load"), 0));

	if (one <= MAX_LOAD)
		return NULL;
	return new_warning(json_sprintf("load average %.2f: something else is running", one),
	    json_string("find it with top, stop it, and wait a minute"));
}

static json_t *clock_source(const json_t *env)
{
	const char *source = string_at(env, "clock.source");
	const char *available = string_at(env, "clock.available");

	if (!env_is_x86(string_at(env, "architecture")) || !*source || strcmp(source, "tsc") == 0)
		return NULL;
	return new_warning(
	    json_sprintf("the clock source is %s, not tsc: reading the time is slow", source),
	    env_has_word(available, "tsc")
		? json_string("echo tsc | sudo tee /sys/devices/system/clocksource/"
			      "clocksource0/current_clocksource")
		: json_string("sudo dmesg | grep -i tsc shows why the kernel does not trust it"));
}

static json_t *epoch_barrier(const json_t *env)
{
	const char *architecture = string_at(env, "architecture");
	const char *ck = string_at(env, "libraries.ck");

	if (!*architecture || env_is_x86(architecture) || !*ck || strverscmp(ck, "0.7.1") > 0)
		return NULL;
	return new_warning(
	    json_sprintf("Concurrency Kit %s lacks a barrier in ck_epoch_begin that %s needs", ck,
		architecture),
	    json_string("install a later Concurrency Kit and rebuild"));
}

static json_t *warn_counters(const json_t *env)
{
	json_int_t paranoid = integer_at(env, "perf_event_paranoid");

	if (paranoid <= MAX_PARANOID)
		return NULL;
	return new_warning(
	    json_sprintf(
		"perf_event_paranoid is %d: only root can use hardware counters", (int)paranoid),
	    json_sprintf("sudo sysctl kernel.perf_event_paranoid=%d", MAX_PARANOID));
}

static json_t *huge_pages(const json_t *env)
{
	if (strcmp(string_at(env, "memory.transparent_huge_pages"), "always") != 0)
		return NULL;
	return new_warning(
	    json_string("transparent huge pages are always on: whether a run with many groups "
			"gets them is left to chance"),
	    json_string("echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"));
}

/* NUMA balancing unmaps pages periodically to find out which node accesses them. */
static json_t *numa_balancing(const json_t *env)
{
	if (integer_at(env, "memory.numa_balancing") <= 0 ||
	    integer_at(env, "topology.numa_nodes") < 2)
		return NULL;
	return new_warning(
	    json_string("NUMA balancing is on: pages migrate between nodes during a run"),
	    json_string("sudo sysctl kernel.numa_balancing=0, and place memory with --memory="));
}

/* Returns whether the mitigation adds hundreds of cycles to each kernel entry or exit. All other
 * mitigations cost less than the noise. */
static int is_expensive(const char *mitigation)
{
	static const char *const starts[] = {
	    "Mitigation: PTI",
	    "Mitigation: IBRS", /* not "Enhanced IBRS", which is cheap */
	    "Mitigation: IBPB",
	    "Mitigation: untrained return thunk",
	    "Mitigation: Clear CPU buffers",
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		if (strncmp(mitigation, starts[i], strlen(starts[i])) == 0)
			return 1;
	}
	return 0;
}

static json_t *slow_entries(const json_t *env)
{
	json_t *mitigation, *list = NULL;
	const char *fault;

	json_object_foreach (env_at(env, "mitigations"), fault, mitigation) {
		const char *text = json_string_value(mitigation);
		json_t *longer;

		if (!text || !is_expensive(text))
			continue;
		longer = json_sprintf(
		    "%s%s%s", list ? json_string_value(list) : "", list ? ", " : "", fault);
		json_decref(list);
		list = longer;
	}
	if (!list)
		return NULL;
	mitigation = json_sprintf("mitigations make each kernel entry slow (%s): designs that "
				  "sleep or call membarrier() look worse than elsewhere",
	    json_string_value(list));
	json_decref(list);
	return new_warning(mitigation,
	    json_string("compare only machines with the same mitigations, or boot a dedicated "
			"machine with mitigations=off"));
}

static json_t *store_bypass(const json_t *env)
{
	const char *state = string_at(env, "speculation.store_bypass");

	if (!strstr(state, "mitigated"))
		return NULL;
	return new_warning(
	    json_sprintf(
		"speculative store bypass is off (%s): loads wait for earlier stores", state),
	    strstr(state, "globally")
		? json_string("boot with spec_store_bypass_disable=prctl")
		: json_string("run outside the seccomp filter that sets it: docker run "
			      "--security-opt seccomp=unconfined, or boot with "
			      "spec_store_bypass_disable=prctl"));
}

json_t *env_warnings(const json_t *env)
{
	static json_t *(*const judges[])(const json_t *env) = {warn_guest, few_cpus, warn_affinity,
	    warn_cgroup, warn_governor, warn_turbo, warn_smt, warn_load, mixed_cores, clock_source,
	    epoch_barrier, warn_counters, huge_pages, numa_balancing, slow_entries, store_bypass};
	json_t *warnings = json_array();

	for (size_t i = 0; i < sizeof(judges) / sizeof(*judges); i++) {
		json_t *found = judges[i](env);

		if (found)
			json_array_append_new(warnings, found);
	}
	return warnings;
}
