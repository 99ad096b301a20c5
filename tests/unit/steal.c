/* SPDX-License-Identifier: MIT */
/* Steal time from /proc/stat, for a made-up machine and for this one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/env/steal.h"

struct tree {
	char path[32];
	struct env_root root;
};

static void write_file(const struct tree *tree, const char *name, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s%s", tree->path, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int set_up(void **state)
{
	static struct tree tree;
	char path[128];

	strcpy(tree.path, "/tmp/ownbench-steal-XXXXXX");
	if (!mkdtemp(tree.path))
		return -1;
	tree.root = (struct env_root){.prefix = tree.path};
	snprintf(path, sizeof(path), "%s/proc", tree.path);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/proc/self", tree.path);
	mkdir(path, 0755);
	*state = &tree;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {
	    "/proc/self/status", "/proc/self", "/proc/stat", "/proc", ""};
	const struct tree *tree = *state;
	char path[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s%s", tree->path, names[i]);
		remove(path);
	}
	return 0;
}

static double seconds_of_ticks(double nr)
{
	return nr / (double)sysconf(_SC_CLK_TCK);
}

static void assert_near(double value, double expected)
{
	assert_true(fabs(value - expected) < 1e-9);
}

/* A guest's time is part of its host's user time. CPUs that this process may not use do not
 * count. */
static void counts_the_cpus_of_this_process(void **state)
{
	const struct tree *tree = *state;
	struct steal steal;

	write_file(tree, "/proc/self/status", "Name:\tx\nCpus_allowed_list:\t0,2-3\n");
	write_file(tree, "/proc/stat",
	    "cpu  99 99 99 99 99 99 99 99 99 99\n"
	    "cpu0 1 2 3 4 5 6 7 10 50 50\n"
	    "cpu1 1000 0 0 0 0 0 0 1000 0 0\n"
	    "cpu2 0 0 0 100 0 0 0 30 0 0\n"
	    "cpu13 1000 0 0 0 0 0 0 1000 0 0\n"
	    "intr 1 2 3\nctxt 5\n");
	assert_int_equal(steal_read(&tree->root, &steal), 0);
	assert_near(steal.stolen, seconds_of_ticks(40));
	assert_near(steal.all, seconds_of_ticks(38 + 130));
}

static void unreadable_files_give_no_steal(void **state)
{
	const struct tree *tree = *state;
	const struct env_root nowhere = {.prefix = "/nowhere/at/all"};
	struct steal steal;

	assert_int_equal(steal_read(&nowhere, &steal), -1);
	write_file(tree, "/proc/self/status", "Cpus_allowed_list:\t0-1\n");
	write_file(tree, "/proc/stat", "cpu 1 2 3\ncpu7 1 2 3 4 5 6 7 8\ncpux\n\n");
	assert_int_equal(steal_read(&tree->root, &steal), -1);
	write_file(tree, "/proc/self/status", "Cpus_allowed_list:\tall\n");
	write_file(tree, "/proc/stat", "cpu0 1 2 3 4 5 6 7 8\n");
	assert_int_equal(steal_read(&tree->root, &steal), -1);
}

/* Kernels before 2.6.11 did not have the column. */
static void a_short_line_has_no_steal(void **state)
{
	const struct tree *tree = *state;
	struct steal steal;

	write_file(tree, "/proc/self/status", "Cpus_allowed_list:\t0\n");
	write_file(tree, "/proc/stat", "cpu0 1 2 3 4\n");
	assert_int_equal(steal_read(&tree->root, &steal), 0);
	assert_near(steal.all, seconds_of_ticks(10));
	assert_near(steal.stolen, 0);
}

static void between_two_readings(void **state)
{
	const struct steal before = {.stolen = 1, .all = 10}, after = {.stolen = 1.5, .all = 20};
	struct steal steal = steal_between(&before, &after);

	(void)state;
	assert_near(steal_percent(&steal), 5);
	steal = steal_between(&after, &before);
	assert_true(isnan(steal_percent(&steal)));
	assert_near(steal.stolen, 0);
}

static void this_machine_reports_steal(void **state)
{
	struct steal steal;

	(void)state;
	assert_int_equal(steal_read(NULL, &steal), 0);
	assert_true(steal.stolen >= 0 && steal.stolen < steal.all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(counts_the_cpus_of_this_process, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(unreadable_files_give_no_steal, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_short_line_has_no_steal, set_up, tear_down),
	    cmocka_unit_test(between_two_readings),
	    cmocka_unit_test(this_machine_reports_steal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
