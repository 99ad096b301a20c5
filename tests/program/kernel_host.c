/* SPDX-License-Identifier: MIT */
/* Checks, for made-up machines, whether the module may be loaded into the running kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/kernel/host.h"
#include "tests/unit/tree.h"

#define STATUS "/proc/self/status"
#define ROOT "Uid:\t1000\t0\t1000\t1000\nCapEff:\t000001ffffffffff\n"
#define MOUNTS "/proc/mounts"
#define DEBUGFS "debugfs /sys/kernel/debug debugfs rw,nosuid 0 0\n"
#define LOCKDOWN "/sys/kernel/security/lockdown"
#define SIGNED_ONLY "/sys/module/module/parameters/sig_enforce"
#define MODULES_DISABLED "/proc/sys/kernel/modules_disabled"

/* Makes a machine that permits loading the module. */
static int make_permissive(void **state)
{
	static struct tree tree;

	tree_make(&tree, NULL, NULL);
	tree_write(&tree, STATUS, ROOT);
	tree_write(&tree, "/proc/modules", "ext4 1 1 - Live 0x0\n");
	tree_write(&tree, MOUNTS, "proc /proc proc rw 0 0\n" DEBUGFS);
	tree_write(&tree, "/proc/sys/kernel/osrelease", "6.1.0-1-cloud-amd64\n");
	tree_write(&tree, MODULES_DISABLED, "0\n");
	tree_write(&tree, LOCKDOWN, "[none] integrity confidentiality\n");
	tree_write(&tree, SIGNED_ONLY, "N\n");
	*state = &tree;
	return 0;
}

static int remove_tree(void **state)
{
	tree_remove(*state);
	return 0;
}

static void passes_if_nothing_prevents_it(void **state)
{
	struct tree *tree = *state;
	struct error err = {0};

	assert_int_equal(kernel_host_check(&tree->root, NULL, &err), 0);
	assert_int_equal(kernel_host_check(&tree->root, "6.1.0-1-cloud-amd64", &err), 0);
}

/* A kernel without lockdown, and without a check of signatures, has none of these files. */
static void passes_without_optional_files(void **state)
{
	static const char *const optional[] = {MODULES_DISABLED, LOCKDOWN, SIGNED_ONLY};
	struct tree *tree = *state;
	struct error err = {0};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(optional) / sizeof(optional[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", tree->path, optional[i]);
		assert_int_equal(remove(path), 0);
	}
	assert_int_equal(kernel_host_check(&tree->root, NULL, &err), 0);
}

/* Checks the error if one file differs from that of a permissive machine. */
static void refused(struct tree *tree, const char *file, const char *text, const char *expected)
{
	struct error err = {0};

	tree_write(tree, file, text);
	assert_int_equal(kernel_host_check(&tree->root, NULL, &err), -1);
	assert_string_equal(err.text, expected);
}

static void refuses_other_users(void **state)
{
	static const char expected[] = "--host: must be root, with the capability CAP_SYS_MODULE, "
				       "to load a module into this kernel";

	refused(*state, STATUS, "Uid:\t0\t1000\t0\t0\nCapEff:\t000001ffffffffff\n", expected);
	refused(*state, STATUS, "Uid:\t0\t0\t0\t0\nCapEff:\t000001fffffeffff\n", expected);
	refused(*state, STATUS, "Uid:\t0\t0\t0\t0\n", expected);
	refused(*state, STATUS, "", expected);
}

static void refuses_kernel_without_modules(void **state)
{
	struct tree *tree = *state;
	struct error err = {0};
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/proc/modules", tree->path);
	assert_int_equal(remove(path), 0);
	assert_int_equal(kernel_host_check(&tree->root, NULL, &err), -1);
	assert_string_equal(err.text, "--host: this kernel was built without loadable modules");
}

static void refuses_disabled_modules(void **state)
{
	refused(*state, MODULES_DISABLED, "1\n",
	    "--host: loading of modules was disabled in this kernel, see "
	    "/proc/sys/kernel/modules_disabled; reboot");
}

static void refuses_lockdown(void **state)
{
	static const char expected[] = "--host: this kernel loads only signed modules, see "
				       "/sys/kernel/security/lockdown; disable secure boot";

	refused(*state, LOCKDOWN, "none [integrity] confidentiality\n", expected);
	refused(*state, LOCKDOWN, "none integrity [confidentiality]\n", expected);
}

static void refuses_enforced_signatures(void **state)
{
	refused(*state, SIGNED_ONLY, "Y\n",
	    "--host: this kernel loads only signed modules, see "
	    "/sys/module/module/parameters/sig_enforce; boot without module.sig_enforce");
}

static void refuses_missing_debugfs(void **state)
{
	static const char expected[] = "--host: debugfs is not mounted; run: mount -t debugfs "
				       "debugfs /sys/kernel/debug";

	refused(*state, MOUNTS, "proc /proc proc rw 0 0\n", expected);
	refused(*state, MOUNTS, "debugfs /mnt debugfs rw 0 0\n", expected);
}

static void refuses_another_kernel(void **state)
{
	struct tree *tree = *state;
	struct error err = {0};

	assert_int_equal(kernel_host_check(&tree->root, "6.12.1-cloud-amd64", &err), -1);
	assert_string_equal(err.text,
	    "--kernel=6.12.1-cloud-amd64: with --host, must be the running "
	    "kernel, 6.1.0-1-cloud-amd64");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make_permissive, remove_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(passes_if_nothing_prevents_it),
	    TEST(passes_without_optional_files),
	    TEST(refuses_other_users),
	    TEST(refuses_kernel_without_modules),
	    TEST(refuses_disabled_modules),
	    TEST(refuses_lockdown),
	    TEST(refuses_enforced_signatures),
	    TEST(refuses_missing_debugfs),
	    TEST(refuses_another_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
