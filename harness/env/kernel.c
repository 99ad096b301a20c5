/* SPDX-License-Identifier: MIT */
/* The kernel's version, parameters, mitigations, clock, load and memory settings. */
#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

#define CLOCK_PATH "/sys/devices/system/clocksource/clocksource0"
#define FAULTS_PATH "/sys/devices/system/cpu/vulnerabilities"

/* Parameters of the kernel's command line that affect results. All others are dropped, because
 * results are published, and some contain host names, addresses or serial numbers. */
static const char *const parameters[] = {
    /* CPU vulnerabilities, as in the kernel's Documentation/admin-guide/hw-vuln */
    "mitigations", "nospectre_*", "spectre_*", "nospec_*", "spec_*", "l1tf", "mds", "tsx",
    "tsx_async_abort", "mmio_stale_data", "retbleed", "srbds", "gather_data_sampling",
    "reg_file_data_sampling", "indirect_target_selection", "tsa", "vmscape", "ssbd", "pti", "nopti",
    "kpti", "split_lock_detect", "randomize_kstack_offset", "audit",
    /* which CPUs are used, and what else runs on them */
    "nosmt", "nosmp", "maxcpus", "nr_cpus", "isolcpus", "irqaffinity", "kthread_cpus", "nohz",
    "nohz_full", "rcu_nocbs", "rcu_nocb_poll", "rcupdate.*", "rcutree.*", "preempt", "threadirqs",
    "skew_tick", "nowatchdog", "nmi_watchdog", "nosoftlockup", "numa", "numa_balancing",
    /* CPU frequency and clocks */
    "idle", "cpuidle.*", "intel_idle.*", "processor.max_cstate", "intel_pstate", "amd_pstate",
    "cpufreq.*", "clocksource", "tsc", "notsc", "hpet", "nohpet", "highres",
    /* memory and IOMMU */
    "transparent_hugepage", "hugepages", "hugepagesz", "default_hugepagesz", "iommu", "iommu.*",
    "intel_iommu", "amd_iommu"};

/* Returns the length of the first word, which may contain blanks within double quotes. */
static size_t word_length(const char *text)
{
	size_t length = 0;
	int quoted = 0;

	for (; text[length] && (quoted || !isspace((unsigned char)text[length])); length++)
		quoted ^= text[length] == '"';
	return length;
}

/* Returns whether the parameter is in the list above. The kernel treats '-' and '_' alike in a
 * parameter's name. */
static int moves_results(const char *word, size_t length)
{
	char name[64];
	size_t nr = 0;

	for (; nr < length && nr + 1 < sizeof(name) && word[nr] != '='; nr++)
		name[nr] = word[nr] == '-' ? '_' : word[nr];
	name[nr] = '\0';
	for (size_t i = 0; i < sizeof(parameters) / sizeof(*parameters); i++) {
		if (!fnmatch(parameters[i], name, 0))
			return 1;
	}
	return 0;
}

/* Returns the parameters that affect results, in the order of the command line, or "" if there are
 * none. Parameters after "--" are init's. */
static json_t *kernel_parameters(const struct env_root *root)
{
	char *text = env_read(root, "/proc/cmdline");
	char *end = text; /* write position: the text is compacted in place */
	size_t length;

	if (!text)
		return NULL;
	for (char *word = text + strspn(text, " \t\n"); *word; word += strspn(word, " \t\n")) {
		length = word_length(word);
		if (length == 2 && !strncmp(word, "--", 2))
			break;
		if (moves_results(word, length)) {
			if (end > text)
				*end++ = ' ';
			memmove(end, word, length);
			end += length;
		}
		word += length;
	}
	*end = '\0';
	return env_string_own(text);
}

json_t *env_kernel(const struct env_root *root)
{
	json_t *kernel = json_object();

	env_put(kernel, "release", env_read_string(root, "/proc/sys/kernel/osrelease"));
	env_put(kernel, "version", env_read_string(root, "/proc/sys/kernel/version"));
	env_put(kernel, "parameters", kernel_parameters(root));
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

/* Returns this process's speculation controls. A container's seccomp filter may have changed them:
 * with "thread force mitigated", loads wait for earlier stores. */
json_t *env_speculation(const struct env_root *root)
{
	char *status = env_read(root, "/proc/self/status");
	json_t *speculation = json_object();

	env_put(speculation, "store_bypass",
	    env_string_own(env_value(status, "Speculation_Store_Bypass")));
	env_put(speculation, "indirect_branch",
	    env_string_own(env_value(status, "SpeculationIndirectBranch")));
	free(status);
	return speculation;
}

/* Returns whether the TSC has a constant rate and never stops; NULL on machines other than x86. */
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

/* Returns the load averages over 1, 5 and 15 minutes. */
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

/* Returns the selected policy, such as "madvise" from "always [madvise] never". */
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

	if (total) /* /proc/meminfo is in KiB */
		json_integer_set(total, json_integer_value(total) * 1024);
	free(meminfo);
	return total;
}

json_t *env_memory(const struct env_root *root)
{
	json_t *memory = json_object();

	env_put(memory, "bytes", memory_bytes(root));
	env_put(memory, "transparent_huge_pages", transparent_huge_pages(root));
	env_put(
	    memory, "numa_balancing", env_read_integer(root, "/proc/sys/kernel/numa_balancing"));
	return memory;
}

json_t *env_iommu_groups(const struct env_root *root)
{
	json_t *groups = env_read_directory(root, "/sys/kernel/iommu_groups");
	json_t *nr = groups ? json_integer((json_int_t)json_array_size(groups)) : NULL;

	json_decref(groups);
	return nr;
}
