/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/env/env.h"
#include "tests/unit/tree.h"

#define CPU "/sys/devices/system/cpu"
#define CLOCK "/sys/devices/system/clocksource/clocksource0"

struct file {
	const char *name, *text;
};

static void tree_write_all(struct tree *tree, const struct file *files, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		tree_write(tree, files[i].name, files[i].text);
}

#define TREE_WRITE(tree, files) tree_write_all(tree, files, sizeof(files) / sizeof(*(files)))

/* A machine that is fit for measuring: there is nothing to warn about. */
static const struct file good_x86[] = {
    {"/proc/sys/kernel/hostname", "anvil\n"},
    {"/proc/sys/kernel/osrelease", "6.9.0\n"},
    {"/proc/sys/kernel/version", "#1 SMP\n"},
    {"/proc/sys/kernel/perf_event_paranoid", "1\n"},
    {"/proc/cmdline", "systemd.hostname=anvil isolcpus=2-3\n"},
    {"/proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\n"
		      "model\t\t: 143\nmodel name\t: Made CPU\nstepping\t: 8\n"
		      "microcode\t: 0x2b\ncpu MHz\t\t: 2100.5\n"
		      "flags\t\t: fpu constant_tsc nonstop_tsc\n\nprocessor\t: 1\n"
		      "model name\t: Another\n"},
    {"/proc/self/status", "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-7\n"},
    {"/proc/self/cgroup", "0::/a/b\n"},
    {"/proc/meminfo", "MemTotal:       1024 kB\nMemFree: 1 kB\n"},
    {"/proc/loadavg", "0.10 0.20 0.30 1/2 3\n"},
    {CPU "/online", "0-7\n"},
    {CPU "/isolated", "2-3\n"},
    {CPU "/nohz_full", "(null)\n"},
    {CPU "/smt/active", "0\n"},
    {CPU "/cpu0/cpufreq/scaling_governor", "performance\n"},
    {CPU "/cpu0/cpufreq/cpuinfo_max_freq", "3800000\n"},
    {CPU "/cpu1/cpufreq/scaling_governor", "performance\n"},
    {CPU "/intel_pstate/no_turbo", "1\n"},
    {CPU "/vulnerabilities/meltdown", "Not affected\n"},
    {"/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n"},
    {"/sys/kernel/iommu_groups/0/type", "DMA\n"},
    {"/sys/kernel/iommu_groups/1/type", "DMA\n"},
    {"/sys/fs/cgroup/a/b/cpu.max", "max 100000\n"},
    {CLOCK "/current_clocksource", "tsc\n"},
    {CLOCK "/available_clocksource", "tsc hpet\n"},
};

static const char eight_cores[] =
    "numa:2(memory=1048576) pack:1 l3:1(size=33554432) l2:4 core:1 pu:1";

static void make_good(struct tree *tree)
{
	tree_make(tree, "x86_64", eight_cores);
	TREE_WRITE(tree, good_x86);
}

/* Returns the value at a path such as "cpu.model", which may be JSON null. Fails the test if it
 * is missing. */
static json_t *value_at(json_t *env, const char *path)
{
	char copy[128], *save;

	snprintf(copy, sizeof(copy), "%s", path);
	for (char *key = strtok_r(copy, ".", &save); key; key = strtok_r(NULL, ".", &save)) {
		env = json_object_get(env, key);
		if (!env)
			fail_msg("no \"%s\" in the environment", path);
	}
	return env;
}

static void assert_text(json_t *env, const char *path, const char *expected)
{
	assert_true(json_is_string(value_at(env, path)));
	assert_string_equal(json_string_value(value_at(env, path)), expected);
}

static void assert_number(json_t *env, const char *path, double expected)
{
	assert_true(json_is_number(value_at(env, path)));
	assert_true(json_number_value(value_at(env, path)) == expected);
}

struct mend {
	char text[512];
};

/* Returns the number of warnings that contain `what`. Stores the remedy of the last one in
 * *mend. */
static size_t find_warning(json_t *env, const char *what, struct mend *mend)
{
	json_t *warnings = env_warnings(env), *warning;
	size_t nr = 0, i;

	json_array_foreach (warnings, i, warning)
		if (strstr(json_string_value(value_at(warning, "what")), what)) {
			snprintf(mend->text, sizeof(mend->text), "%s",
			    json_string_value(value_at(warning, "mend")));
			nr++;
		}
	json_decref(warnings);
	return nr;
}

static size_t count_warnings(json_t *env)
{
	json_t *warnings = env_warnings(env);
	size_t nr = json_array_size(warnings);

	json_decref(warnings);
	return nr;
}

/* Checks that the tree causes this warning with this remedy, and no other. Removes the tree. */
static void assert_only_warning(struct tree *tree, const char *what, const char *expected)
{
	json_t *env = env_collect(&tree->root, NULL);
	struct mend mend;

	if (find_warning(env, what, &mend) != 1)
		fail_msg("no warning of \"%s\", or several", what);
	if (!strstr(mend.text, expected))
		fail_msg("\"%s\" does not mend it by \"%s\"", mend.text, expected);
	assert_int_equal(count_warnings(env), 1);
	json_decref(env);
	tree_remove(tree);
}

static void good_machine_is_read_whole(void **state)
{
	struct tree tree;
	json_t *env;

	(void)state;
	make_good(&tree);
	env = env_collect(&tree.root, NULL);
	assert_text(env, "architecture", "x86_64");
	assert_text(env, "kernel.release", "6.9.0");
	assert_text(env, "kernel.version", "#1 SMP");
	assert_text(env, "kernel.parameters", "isolcpus=2-3");
	assert_text(env, "cpu.model_name", "Made CPU");
	assert_text(env, "cpu.vendor", "GenuineIntel");
	assert_text(env, "cpu.family", "6");
	assert_text(env, "cpu.model", "143");
	assert_text(env, "cpu.stepping", "8");
	assert_text(env, "cpu.microcode", "0x2b");
	assert_number(env, "cpu.mhz", 2100.5);
	assert_number(env, "cpus.online", 8);
	assert_number(env, "cpus.allowed", 8);
	assert_text(env, "cpus.isolated", "2-3");
	assert_text(env, "cpus.nohz_full", "");
	assert_number(env, "frequency.governors.performance", 2);
	assert_number(env, "frequency.highest_mhz", 3800);
	assert_true(json_is_false(value_at(env, "frequency.turbo.on")));
	assert_text(env, "cgroup.cpu_limit", "max");
	assert_number(env, "memory.bytes", 1048576);
	assert_text(env, "memory.transparent_huge_pages", "madvise");
	assert_text(env, "mitigations.meltdown", "Not affected");
	assert_true(json_is_true(value_at(env, "clock.invariant_tsc")));
	assert_true(json_is_false(value_at(env, "virtualization.guest")));
	assert_true(json_is_false(value_at(env, "smt")));
	assert_number(env, "iommu_groups", 2);
	assert_true(json_number_value(json_array_get(value_at(env, "load"), 2)) == 0.3);
	assert_int_equal(count_warnings(env), 0);
	json_decref(env);
	tree_remove(&tree);
}

static void nodes_are_counted_by_kind(void **state)
{
	struct tree tree;
	json_t *env, *caches, *node;

	(void)state;
	make_good(&tree);
	env = env_collect(&tree.root, NULL);
	assert_number(env, "topology.packages", 2);
	assert_number(env, "topology.numa_nodes", 2);
	assert_number(env, "topology.cores", 8);
	assert_number(env, "topology.cpus", 8);
	caches = value_at(env, "topology.caches");
	assert_int_equal(json_array_size(caches), 2);
	assert_text(json_array_get(caches, 0), "name", "L2");
	assert_number(json_array_get(caches, 0), "count", 8);
	assert_text(json_array_get(caches, 1), "name", "L3");
	assert_number(json_array_get(caches, 1), "count", 2);
	assert_number(json_array_get(caches, 1), "bytes", 33554432);
	assert_number(json_array_get(caches, 1), "cpus_each", 4);
	node = json_array_get(value_at(env, "topology.nodes"), 1);
	assert_number(node, "bytes", 1048576);
	assert_text(node, "cpus", "4-7");
	json_decref(env);
	tree_remove(&tree);
}

/* Each of these disturbs the good machine in one way. */
struct spoiled {
	struct file files[2];
	const char *what, *mend;
};

static const struct spoiled spoiled[] = {
    {{{CPU "/cpu1/cpufreq/scaling_governor", "powersave\n"}}, "governor powersave on 1 CPU",
	"cpupower frequency-set -g performance"},
    {{{CPU "/intel_pstate/no_turbo", "0\n"}}, "turbo",
	"echo 1 | sudo tee " CPU "/intel_pstate/no_turbo"},
    {{{CPU "/smt/active", "1\n"}}, "SMT", "echo off | sudo tee " CPU "/smt/control"},
    {{{"/proc/loadavg", "0.51 0 0 1/2 3\n"}}, "load average 0.51", "top"},
    {{{"/proc/self/status", "Cpus_allowed_list:\t0-3,6\n"}}, "only CPUs 0-3,6 of 0-7",
	"taskset -c 0-7"},
    {{{"/proc/self/status", "Cpus_allowed_list:\t0-2\n"}, {CPU "/online", "0-2\n"}},
	"3 CPUs cannot show scaling", "4 CPUs or more"},
    {{{"/proc/self/status", "Cpus_allowed_list:\t0\n"}, {CPU "/online", "0\n"}},
	"1 CPU cannot show scaling", "4 CPUs or more"},
    {{{"/sys/fs/cgroup/a/b/cpu.max", "400000 100000\n"}}, "8 CPUs to the CPU time of 4",
	"echo max | sudo tee /sys/fs/cgroup/a/b/cpu.max"},
    {{{"/sys/fs/cgroup/a/cpu.max", "150000 100000\n"}}, "8 CPUs to the CPU time of 1.5",
	"echo max | sudo tee /sys/fs/cgroup/a/cpu.max"},
    {{{"/proc/self/cgroup", "0::/host/only\n"}, {"/sys/fs/cgroup/cpu.max", "200000 100000\n"}},
	"8 CPUs to the CPU time of 2", "sudo tee /sys/fs/cgroup/cpu.max"},
    {{{CLOCK "/current_clocksource", "hpet\n"}}, "clock source is hpet",
	"echo tsc | sudo tee " CLOCK "/current_clocksource"},
    {{{CLOCK "/current_clocksource", "hpet\n"},
	 {CLOCK "/available_clocksource", "tsc-early hpet\n"}},
	"clock source is hpet", "dmesg"},
    {{{"/proc/sys/kernel/perf_event_paranoid", "3\n"}}, "perf_event_paranoid is 3",
	"sysctl kernel.perf_event_paranoid=2"},
    {{{"/proc/cpuinfo", "flags : fpu hypervisor constant_tsc\n"}}, "virtual machine", "ratios"},
    {{{"/sys/hypervisor/type", "xen\n"}}, "virtual machine", "ratios"},
    {{{"/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n"}},
	"huge pages are always on",
	"echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"},
    {{{"/proc/sys/kernel/numa_balancing", "1\n"}}, "NUMA balancing",
	"sysctl kernel.numa_balancing=0"},
    {{{CPU "/vulnerabilities/meltdown", "Mitigation: PTI\n"},
	 {CPU "/vulnerabilities/mds", "Mitigation: Clear CPU buffers; SMT disabled\n"}},
	"kernel entry slow (mds, meltdown)", "mitigations=off"},
    {{{CPU "/vulnerabilities/retbleed", "Mitigation: IBRS\n"}}, "slow (retbleed)",
	"mitigations=off"},
    {{{"/proc/self/status",
	 "Cpus_allowed_list:\t0-7\nSpeculation_Store_Bypass:\tthread force mitigated\n"}},
	"store bypass is off (thread force mitigated)", "seccomp=unconfined"},
    {{{"/proc/self/status",
	 "Cpus_allowed_list:\t0-7\nSpeculation_Store_Bypass:\tglobally mitigated\n"}},
	"store bypass is off (globally mitigated)", "spec_store_bypass_disable=prctl"},
};

static void each_disturbance_causes_a_warning(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(spoiled) / sizeof(*spoiled); i++) {
		const struct spoiled *s = &spoiled[i];
		struct tree tree;

		make_good(&tree);
		for (size_t f = 0; f < 2 && s->files[f].name; f++)
			tree_write(&tree, s->files[f].name, s->files[f].text);
		assert_only_warning(&tree, s->what, s->mend);
	}
}

/* Mitigations that every machine has, and that cost almost nothing, do not cause warnings. */
static void cheap_mitigations_cause_no_warning(void **state)
{
	static const struct file files[] = {
	    {CPU "/vulnerabilities/spectre_v2",
		"Mitigation: Enhanced / Automatic IBRS; IBPB: conditional; RSB filling\n"},
	    {CPU "/vulnerabilities/spectre_v1", "Mitigation: usercopy/swapgs barriers\n"},
	    {CPU "/vulnerabilities/spec_rstack_overflow", "Mitigation: Safe RET\n"},
	    {CPU "/vulnerabilities/spec_store_bypass",
		"Mitigation: Speculative Store Bypass disabled via prctl\n"},
	    {CPU "/vulnerabilities/mds", "Vulnerable: Clear CPU buffers attempted\n"},
	    {"/proc/self/status", "Cpus_allowed_list:\t0-7\n"
				  "Speculation_Store_Bypass:\tthread vulnerable\n"
				  "SpeculationIndirectBranch:\tconditional enabled\n"},
	};
	struct tree tree;
	json_t *env;

	(void)state;
	make_good(&tree);
	TREE_WRITE(&tree, files);
	env = env_collect(&tree.root, NULL);
	assert_text(env, "speculation.store_bypass", "thread vulnerable");
	assert_text(env, "speculation.indirect_branch", "conditional enabled");
	assert_int_equal(count_warnings(env), 0);
	json_decref(env);
	tree_remove(&tree);
}

/* With one node there is no other node to migrate to. */
static void balancing_of_one_node_causes_no_warning(void **state)
{
	struct tree tree;
	json_t *env;

	(void)state;
	tree_make(&tree, "x86_64", "numa:1 core:8 pu:1");
	TREE_WRITE(&tree, good_x86);
	tree_write(&tree, "/proc/sys/kernel/numa_balancing", "1\n");
	env = env_collect(&tree.root, NULL);
	assert_number(env, "memory.numa_balancing", 1);
	assert_int_equal(count_warnings(env), 0);
	json_decref(env);
	tree_remove(&tree);
}

static void version_1_group_limits_too(void **state)
{
	static const struct file files[] = {
	    {"/proc/self/cgroup", "4:cpuset:/x\n3:cpu,cpuacct:/y\n0::/\n"},
	    {"/sys/fs/cgroup/cpuset/x/cpu.cfs_quota_us", "1000\n"},
	    {"/sys/fs/cgroup/cpuset/x/cpu.cfs_period_us", "100000\n"},
	    {"/sys/fs/cgroup/cpu,cpuacct/y/cpu.cfs_quota_us", "250000\n"},
	    {"/sys/fs/cgroup/cpu,cpuacct/y/cpu.cfs_period_us", "100000\n"},
	    {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n"},
	    {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"},
	};
	struct tree tree;

	(void)state;
	make_good(&tree);
	TREE_WRITE(&tree, files);
	assert_only_warning(&tree, "8 CPUs to the CPU time of 2.5",
	    "echo -1 | sudo tee /sys/fs/cgroup/cpu,cpuacct/y/cpu.cfs_quota_us");
}

static void generic_boost_is_turbo(void **state)
{
	struct tree tree;

	(void)state;
	tree_make(&tree, "x86_64", NULL);
	tree_write(&tree, CPU "/cpufreq/boost", "1\n");
	assert_only_warning(&tree, "turbo", "echo 0 | sudo tee " CPU "/cpufreq/boost");
}

/* If the kernel does not report SMT, it is derived from hwloc's topology. */
static void smt_is_seen_in_the_topology(void **state)
{
	struct tree tree;

	(void)state;
	tree_make(&tree, "ppc64le", "core:4 pu:2");
	assert_only_warning(&tree, "SMT", "pin one thread per core");
}

static void cpu0_may_be_offline(void **state)
{
	const struct env_root root = {
	    SOURCE_DIR "/tests/cases/env/cpu0_offline", "core:8 pu:1", "x86_64"};
	json_t *env = env_collect(&root, NULL), *warnings = env_warnings(env), *warning;
	size_t i;

	(void)state;
	assert_number(env, "cpus.online", 7);
	assert_number(env, "cpus.allowed", 7);
	assert_number(env, "cpu.mhz", 1500);
	assert_text(env, "frequency.driver", "acpi-cpufreq");
	assert_number(env, "frequency.highest_mhz", 3800);
	assert_int_equal(json_array_size(value_at(env, "frequency.kinds")), 1);
	json_array_foreach (warnings, i, warning)
		assert_null(strstr(json_string_value(value_at(warning, "what")), "affinity"));
	json_decref(warnings);
	json_decref(env);
}

static const struct file unlike_cores[] = {
    {CPU "/online", "0-2\n"},
    {CPU "/cpu0/cpufreq/scaling_driver", "slow-cpufreq\n"},
    {CPU "/cpu0/cpufreq/cpuinfo_max_freq", "1800000\n"},
    {CPU "/cpu1/cpufreq/scaling_driver", "slow-cpufreq\n"},
    {CPU "/cpu1/cpufreq/cpuinfo_max_freq", "1800000\n"},
    {CPU "/cpu2/cpufreq/scaling_driver", "fast-cpufreq\n"},
    {CPU "/cpu2/cpufreq/cpuinfo_max_freq", "3000000\n"},
};

static void each_kind_of_cores_has_its_frequency_and_driver(void **state)
{
	struct tree tree;
	json_t *env, *kinds;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	tree_make(&tree, "aarch64", "core:3 pu:1");
	TREE_WRITE(&tree, unlike_cores);
	env = env_collect(&tree.root, NULL);
	assert_text(env, "frequency.driver", "fast-cpufreq");
	assert_number(env, "frequency.highest_mhz", 3000);
	kinds = value_at(env, "frequency.kinds");
	assert_int_equal(json_array_size(kinds), 2);
	assert_text(json_array_get(kinds, 0), "driver", "slow-cpufreq");
	assert_number(json_array_get(kinds, 0), "highest_mhz", 1800);
	assert_number(json_array_get(kinds, 0), "cpus", 2);
	assert_number(json_array_get(kinds, 1), "cpus", 1);
	env_print(out, env);
	fclose(out);
	assert_non_null(strstr(text, "1800 on 2 CPUs by slow-cpufreq"));
	assert_non_null(strstr(text, "3000 on 1 CPU by fast-cpufreq"));
	free(text);
	json_decref(env);
	tree_remove(&tree);
}

static const struct file good_arm[] = {
    {"/proc/cpuinfo", "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd atomics\n"
		      "CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x3\n"
		      "CPU part\t: 0xd0c\nCPU revision\t: 1\n"},
    {"/proc/self/status", "Cpus_allowed_list:\t0-3\n"},
    {CPU "/online", "0-3\n"},
    {CPU "/cpu0/cpufreq/scaling_cur_freq", "2600000\n"},
    {CLOCK "/current_clocksource", "arch_sys_counter\n"},
};

static void arm_cpuinfo_is_read(void **state)
{
	struct tree tree;
	json_t *env;

	(void)state;
	tree_make(&tree, "aarch64", "core:4 pu:1");
	TREE_WRITE(&tree, good_arm);
	env = env_collect(&tree.root, NULL);
	assert_true(json_is_null(value_at(env, "cpu.model_name")));
	assert_text(env, "cpu.vendor", "0x41");
	assert_text(env, "cpu.family", "8");
	assert_text(env, "cpu.model", "0xd0c");
	assert_text(env, "cpu.stepping", "1");
	assert_number(env, "cpu.mhz", 2600);
	assert_true(json_is_null(value_at(env, "clock.invariant_tsc")));
	assert_true(json_is_null(value_at(env, "virtualization.guest")));
	assert_int_equal(count_warnings(env), 0);
	json_decref(env);
	tree_remove(&tree);
}

static int guest_by_firmware(const char *vendor, const char *product)
{
	struct tree tree;
	json_t *env;
	int guest;

	tree_make(&tree, "aarch64", NULL);
	tree_write(&tree, "/sys/class/dmi/id/sys_vendor", vendor);
	tree_write(&tree, "/sys/class/dmi/id/product_name", product);
	env = env_collect(&tree.root, NULL);
	assert_true(json_is_boolean(value_at(env, "virtualization.guest")));
	guest = json_is_true(value_at(env, "virtualization.guest"));
	json_decref(env);
	tree_remove(&tree);
	return guest;
}

static void arm_guest_is_detected_by_its_firmware(void **state)
{
	(void)state;
	assert_true(guest_by_firmware("QEMU\n", "KVM Virtual Machine\n"));
	assert_true(guest_by_firmware("Amazon EC2\n", "c7g.large\n"));
	assert_false(guest_by_firmware("Amazon EC2\n", "c7g.metal\n"));
	assert_false(guest_by_firmware("GIGABYTE\n", "R272-P30\n"));
}

static int epoch_is_warned_of(const char *architecture, const char *ck)
{
	const struct env_root root = {"/nowhere/at/all", NULL, architecture};
	json_t *env = env_collect(&root, &(struct env_build){.ck = ck});
	struct mend mend;
	size_t nr = find_warning(env, "ck_epoch_begin", &mend);

	json_decref(env);
	return nr > 0;
}

static void old_ck_matters_on_weak_ordering_only(void **state)
{
	(void)state;
	assert_true(epoch_is_warned_of("aarch64", "0.7.1"));
	assert_true(epoch_is_warned_of("riscv64", "0.6.0"));
	assert_false(epoch_is_warned_of("aarch64", "0.7.2"));
	assert_false(epoch_is_warned_of("aarch64", "0.7.10"));
	assert_false(epoch_is_warned_of("aarch64", NULL));
	assert_false(epoch_is_warned_of("x86_64", "0.7.1"));
	assert_false(epoch_is_warned_of("i686", "0.7.1"));
	assert_false(epoch_is_warned_of(NULL, "0.7.1"));
}

static void mixed_cores_cause_a_warning(void **state)
{
	json_t *env = json_pack("{s:{s:[s,s]}}", "topology", "kinds", "0-3", "4-7");
	struct mend mend;

	(void)state;
	assert_int_equal(find_warning(env, "2 kinds of cores", &mend), 1);
	assert_string_equal(mend.text, "taskset -c 4-7 COMMAND");
	json_decref(env);
}

/* Checks that all leaves are null, and that no key is missing. */
static void assert_all_null(json_t *value, json_t *like)
{
	json_t *member;
	const char *key;

	json_object_foreach (value, key, member)
		if (json_is_object(member))
			assert_all_null(member, json_object_get(like, key));
		else if (!json_is_null(member))
			fail_msg("\"%s\" was read from nowhere", key);
	json_object_foreach (like, key, member)
		if (!json_object_get(value, key))
			fail_msg("\"%s\" is left out where it cannot be read", key);
}

static void missing_everything_is_null(void **state)
{
	const struct env_root nowhere = {"/nowhere/at/all", NULL, NULL};
	json_t *env = env_collect(&nowhere, NULL);
	json_t *live = env_collect(NULL, NULL);
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	env_print(out, env);
	fclose(out);
	assert_non_null(strstr(text, "\nparameters      unknown\n"));
	assert_non_null(strstr(text, "\ncaches          unknown\n"));
	assert_non_null(strstr(text, "\nmemory          unknown\n"));
	free(text);
	assert_int_equal(count_warnings(env), 0);
	assert_true(json_is_string(value_at(env, "time")));
	json_object_del(env, "time");
	json_object_del(env, "libraries");
	json_object_del(live, "time");
	json_object_del(live, "libraries");
	assert_all_null(env, live);
	json_decref(live);
	json_decref(env);
}

/* Checks which parameters of a kernel command line are kept. */
static void assert_parameters(const char *command_line, const char *expected)
{
	struct tree tree;
	json_t *env;

	make_good(&tree);
	tree_write(&tree, "/proc/cmdline", command_line);
	env = env_collect(&tree.root, NULL);
	assert_text(env, "kernel.parameters", expected);
	json_decref(env);
	tree_remove(&tree);
}

static void parameters_that_affect_results_are_kept(void **state)
{
	(void)state;
	assert_parameters("\n", "");
	assert_parameters("quiet\n", "");
	assert_parameters("BOOT_IMAGE=/vmlinuz root=UUID=1234 ro mitigations=off nosmt\n",
	    "mitigations=off nosmt");
	assert_parameters("spectre_v2=retpoline,generic nospectre_v1 spec_store_bypass_disable=on "
			  "tsx_async_abort=off l1tf=full mds=full\n",
	    "spectre_v2=retpoline,generic nospectre_v1 spec_store_bypass_disable=on "
	    "tsx_async_abort=off l1tf=full mds=full");
	assert_parameters("isolcpus=nohz,domain,2-3 nohz_full=2-3 rcu_nocbs=2-3 rcu-nocb-poll "
			  "intel_idle.max_cstate=0 processor.max_cstate=1 tsc=reliable\n",
	    "isolcpus=nohz,domain,2-3 nohz_full=2-3 rcu_nocbs=2-3 rcu-nocb-poll "
	    "intel_idle.max_cstate=0 processor.max_cstate=1 tsc=reliable");
	assert_parameters("iommu=pt intel_iommu=on amd_iommu=off iommu.strict=0\n",
	    "iommu=pt intel_iommu=on amd_iommu=off iommu.strict=0");
}

static void nothing_else_of_the_command_line_is_kept(void **state)
{
	(void)state;
	assert_parameters("ip=10.0.0.2::10.0.0.1:255.0.0.0:anvil systemd.hostname=anvil idlers=1 "
			  "preempting hugepages_secret=1 xidle=poll\n",
	    "");
	/* Quoted text is one value. What follows "--" is for init. */
	assert_parameters("dyndbg=\"file x idle=poll +p\" nosmt -- idle=poll\n", "nosmt");
}

static void the_machine_is_not_named(void **state)
{
	struct tree tree;
	json_t *env;
	char *text;

	(void)state;
	make_good(&tree);
	env = env_collect(&tree.root, NULL);
	text = json_dumps(env, 0);
	assert_null(strstr(text, "anvil"));
	free(text);
	json_decref(env);
	tree_remove(&tree);
}

static void broken_files_are_null(void **state)
{
	static const struct file files[] = {
	    {"/proc/loadavg", "what"},
	    {"/proc/cpuinfo", "no colon\n\n\n:\nflags"},
	    {"/proc/meminfo", "MemTotal: many kB\n"},
	    {"/proc/self/cgroup", "\n:\n::\n0\n0:\n"},
	    {"/proc/self/status", "Cpus_allowed_list:\tall\n"},
	    {"/proc/sys/kernel/version", "\xff\xfe\n"},
	    {CPU "/online", "-\n"},
	    {CPU "/smt/active", "\n"},
	    {CPU "/cpufreq/boost", "yes\n"},
	    {"/sys/kernel/mm/transparent_hugepage/enabled", "never\n"},
	};
	static const char *const paths[] = {"load", "memory.bytes", "memory.transparent_huge_pages",
	    "cgroup.cpu_limit", "cpus.online", "cpus.allowed", "smt", "frequency.turbo",
	    "kernel.version", "cpu.model_name"};
	struct tree tree;
	json_t *env;

	(void)state;
	tree_make(&tree, "x86_64", "not a topology");
	TREE_WRITE(&tree, files);
	env = env_collect(&tree.root, NULL);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (!json_is_null(value_at(env, paths[i])))
			fail_msg("%s is not null", paths[i]);
	assert_true(json_is_null(value_at(env, "topology")));
	json_decref(env);
	tree_remove(&tree);
}

static void build_is_kept(void **state)
{
	const struct env_build build = {.compiler = "gcc 12",
	    .flags = "-O2",
	    .build_type = "Release",
	    .commit = "abc",
	    .id = "0123",
	    .version = "0.1",
	    .ck = "0.7.1",
	    .liburcu = "0.13",
	    .benchmark = "1.7"};
	json_t *env = env_collect(NULL, &build);

	(void)state;
	assert_text(env, "build.compiler", "gcc 12");
	assert_text(env, "build.flags", "-O2");
	assert_text(env, "build.build_type", "Release");
	assert_text(env, "build.commit", "abc");
	assert_text(env, "build.id", "0123");
	assert_text(env, "build.version", "0.1");
	assert_text(env, "libraries.ck", "0.7.1");
	assert_text(env, "libraries.liburcu", "0.13");
	assert_text(env, "libraries.benchmark", "1.7");
	json_decref(env);
}

static void this_machine_survives_a_file(void **state)
{
	json_t *env = env_collect(NULL, NULL), *loaded;
	char *text = json_dumps(env, JSON_INDENT(2));

	(void)state;
	assert_non_null(text);
	loaded = json_loads(text, 0, NULL);
	assert_true(json_equal(env, loaded));
	assert_int_equal(json_string_length(value_at(env, "time")), strlen("2000-01-01T00:00:00Z"));
	assert_true(json_integer_value(value_at(env, "cpus.allowed")) > 0);
	assert_true(json_integer_value(value_at(env, "topology.cpus")) > 0);
	assert_true(json_is_string(value_at(env, "architecture")));
	assert_true(json_is_string(value_at(env, "kernel.release")));
	assert_true(json_is_string(value_at(env, "libraries.hwloc")));
	free(text);
	json_decref(loaded);
	json_decref(env);
}

/* A made-up machine with many faults: the text ends with all warnings. */
static void print_ends_with_all_warnings(void **state)
{
	struct tree tree;
	json_t *env, *warnings, *warning;
	char *text, *last;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	make_good(&tree);
	for (i = 0; i < sizeof(spoiled) / sizeof(*spoiled); i++)
		tree_write(&tree, spoiled[i].files[0].name, spoiled[i].files[0].text);
	env = env_collect(&tree.root, NULL);
	env_print(out, env);
	fclose(out);
	last = strstr(text, "\nbuild ");
	assert_non_null(last);
	warnings = env_warnings(env);
	assert_true(json_array_size(warnings) >= 8);
	json_array_foreach (warnings, i, warning) {
		last = strstr(last, json_string_value(value_at(warning, "what")));
		assert_non_null(last);
		last = strstr(last, json_string_value(value_at(warning, "mend")));
		assert_non_null(last);
	}
	json_decref(warnings);
	json_decref(env);
	free(text);
	tree_remove(&tree);
}

static void print_is_aligned_and_readable(void **state)
{
	struct tree tree;
	json_t *env;
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	make_good(&tree);
	env = env_collect(&tree.root, NULL);
	env_print(out, env);
	fclose(out);
	assert_non_null(strstr(text, "\nparameters      isolcpus=2-3\n"));
	assert_null(strstr(text, "anvil"));
	assert_non_null(strstr(text, "\nCPU             Made CPU\n"));
	assert_non_null(strstr(text, "\nNUMA nodes      0: 1 MiB, CPUs 0-3\n"
				     "                1: 1 MiB, CPUs 4-7\n"));
	assert_non_null(strstr(text, "\nnohz_full       none\n"));
	assert_non_null(strstr(text, "\nmachine         unknown\n"));
	assert_null(strstr(text, "warning"));
	free(text);
	json_decref(env);
	tree_remove(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_machine_is_read_whole),
	    cmocka_unit_test(nodes_are_counted_by_kind),
	    cmocka_unit_test(each_disturbance_causes_a_warning),
	    cmocka_unit_test(cheap_mitigations_cause_no_warning),
	    cmocka_unit_test(balancing_of_one_node_causes_no_warning),
	    cmocka_unit_test(version_1_group_limits_too),
	    cmocka_unit_test(generic_boost_is_turbo),
	    cmocka_unit_test(smt_is_seen_in_the_topology),
	    cmocka_unit_test(cpu0_may_be_offline),
	    cmocka_unit_test(each_kind_of_cores_has_its_frequency_and_driver),
	    cmocka_unit_test(arm_cpuinfo_is_read),
	    cmocka_unit_test(arm_guest_is_detected_by_its_firmware),
	    cmocka_unit_test(old_ck_matters_on_weak_ordering_only),
	    cmocka_unit_test(mixed_cores_cause_a_warning),
	    cmocka_unit_test(missing_everything_is_null),
	    cmocka_unit_test(parameters_that_affect_results_are_kept),
	    cmocka_unit_test(nothing_else_of_the_command_line_is_kept),
	    cmocka_unit_test(the_machine_is_not_named),
	    cmocka_unit_test(broken_files_are_null),
	    cmocka_unit_test(build_is_kept),
	    cmocka_unit_test(this_machine_survives_a_file),
	    cmocka_unit_test(print_ends_with_all_warnings),
	    cmocka_unit_test(print_is_aligned_and_readable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
