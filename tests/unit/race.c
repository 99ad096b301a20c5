/* SPDX-License-Identifier: MIT */
/* Checks which pairs of results the one-shot races accept, and how they classify the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "harness/check/spec.h"
#include "harness/ownership/race.h"

static const struct race *find_race(const char *name)
{
	for (size_t i = 0; i < nr_races; i++) {
		if (!strcmp(races[i].name, name))
			return &races[i];
	}
	fail_msg("no race %s", name);
	return NULL;
}

static void expect_fault(const char *name, int first, int second, enum race_fault fault)
{
	const int results[] = {first, second};

	if (race_judge(find_race(name), results) != fault)
		fail_msg("%s: %d, %d is not judged %d", name, first, second, fault);
}

static void test_judge(void **state)
{
	static const struct {
		const char *race;
		int first, second;
		enum race_fault fault;
	} cases[] = {
	    {"probe/claim", 0, -EPERM, RACE_FINE},
	    {"probe/claim", -EBUSY, 0, RACE_FINE},
	    {"probe/claim", 0, 0, RACE_CONFLICT},
	    {"probe/claim", -EBUSY, -EPERM, RACE_SPURIOUS},
	    {"probe/claim", -EINVAL, 0, RACE_LOST},
	    {"claim/claim", 0, -EPERM, RACE_FINE},
	    {"claim/claim", 0, 0, RACE_CONFLICT},
	    {"claim/claim", -EPERM, -EPERM, RACE_SPURIOUS},
	    {"probe/probe", 0, 0, RACE_FINE},
	    {"probe/probe", 0, -EBUSY, RACE_SPURIOUS},
	    {"remove/remove", 0, 0, RACE_FINE},
	    {"remove/remove", 0, -EINVAL, RACE_LOST},
	    {"remove/claim", 0, 0, RACE_FINE},
	    {"remove/claim", 0, -EPERM, RACE_FINE},
	    {"remove/probe", 0, 0, RACE_FINE},
	    {"remove/probe", 0, -EBUSY, RACE_SPURIOUS},
	    {"remove/failing pinctrl", 0, -ENXIO, RACE_FINE},
	    {"remove/failing pinctrl", -EINVAL, -ENXIO, RACE_LOST},
	    {"remove/failing probe", 0, -ENODEV, RACE_FINE},
	    {"remove/failing probe", 0, -EINVAL, RACE_LOST},
	    {"unregister/claim", 0, 0, RACE_FINE},
	    {"unregister/claim", 0, -EPERM, RACE_FINE},
	    {"unregister/claim", -EINVAL, -EPERM, RACE_LOST},
	    {"unregister/remove", 0, 0, RACE_FINE},
	    {"failing probe/claim", -ENODEV, 0, RACE_FINE},
	    {"failing probe/claim", -ENODEV, -EPERM, RACE_FINE},
	    {"failing probe/claim", -EBUSY, 0, RACE_FINE},
	    {"failing probe/claim", -EBUSY, -EPERM, RACE_SPURIOUS},
	    {"release/probe", 0, 0, RACE_FINE},
	    {"release/probe", 0, -EBUSY, RACE_FINE},
	    {"release/probe", -EINVAL, 0, RACE_LOST},
	    {"release/claim", 0, 0, RACE_FINE},
	    {"release/claim", 0, -EPERM, RACE_FINE},
	    {"device claim/device claim", 0, 0, RACE_FINE},
	    {"device claim/device claim", 0, -EPERM, RACE_SPURIOUS},
	    {"device release/device claim", 0, 0, RACE_FINE},
	    {"device release/device claim", 0, -EPERM, RACE_SPURIOUS},
	    {"device claim/probe", 0, 0, RACE_CONFLICT},
	    {"device claim/probe", -EPERM, 0, RACE_FINE},
	    {"device claim/probe", 0, -EBUSY, RACE_FINE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_fault(cases[i].race, cases[i].first, cases[i].second, cases[i].fault);
}

static void test_sum(void **state)
{
	struct race_count counts[RACES_MAX] = {
	    [0] = {.trials = 3, .conflicts = 1, .first = 0.5},
	    [2] = {.trials = 4, .lost = 1, .spurious = 2, .leaks = 1, .first = 0.25},
	};
	struct race_count sum = race_sum(counts);

	(void)state;
	assert_int_equal(sum.trials, 7);
	assert_int_equal(sum.conflicts, 1);
	assert_int_equal(sum.lost, 1);
	assert_int_equal(sum.spurious, 2);
	assert_int_equal(sum.leaks, 1);
	assert_true(sum.first == 0.25);
}

/* Tests every line of the table from each of the states. */
static void test_spec(void **state)
{
	static const struct spec_state idle = {0, 0}, kernel = {2, 0}, user = {2, 1}, last = {1, 1};
	static const struct {
		enum spec_op op;
		unsigned int owner;
		const struct spec_state *before;
		int answer;
		struct spec_state after;
	} lines[] = {
	    {SPEC_USE, 0, &idle, 0, {1, 0}},
	    {SPEC_USE, 0, &kernel, 0, {3, 0}},
	    {SPEC_USE, 0, &user, -EBUSY, {2, 1}},
	    {SPEC_UNUSE, 0, &idle, -EINVAL, {0, 0}},
	    {SPEC_UNUSE, 0, &kernel, 0, {1, 0}},
	    {SPEC_UNUSE, 0, &user, -EINVAL, {2, 1}},
	    {SPEC_GROUP_CLAIM, 0, &idle, -EINVAL, {0, 0}},
	    {SPEC_GROUP_CLAIM, 1, &idle, 0, {1, 1}},
	    {SPEC_GROUP_CLAIM, 1, &kernel, -EPERM, {2, 0}},
	    {SPEC_GROUP_CLAIM, 1, &user, -EPERM, {2, 1}},
	    {SPEC_GROUP_RELEASE, 0, &idle, -EINVAL, {0, 0}},
	    {SPEC_GROUP_RELEASE, 0, &kernel, -EINVAL, {2, 0}},
	    {SPEC_GROUP_RELEASE, 0, &user, 0, {0, 0}},
	    {SPEC_DEVICE_CLAIM, 0, &idle, -EINVAL, {0, 0}},
	    {SPEC_DEVICE_CLAIM, 1, &idle, 0, {1, 1}},
	    {SPEC_DEVICE_CLAIM, 1, &kernel, -EPERM, {2, 0}},
	    {SPEC_DEVICE_CLAIM, 1, &user, 0, {3, 1}},
	    {SPEC_DEVICE_CLAIM, 2, &user, -EPERM, {2, 1}},
	    {SPEC_DEVICE_RELEASE, 0, &idle, -EINVAL, {0, 0}},
	    {SPEC_DEVICE_RELEASE, 0, &kernel, -EINVAL, {2, 0}},
	    {SPEC_DEVICE_RELEASE, 0, &user, 0, {1, 1}},
	    {SPEC_DEVICE_RELEASE, 0, &last, 0, {0, 0}},
	    {SPEC_CLAIMED, 0, &idle, 0, {0, 0}},
	    {SPEC_CLAIMED, 0, &kernel, 1, {2, 0}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct spec_state s = *lines[i].before;

		if (spec_step(&s, lines[i].op, lines[i].owner) != lines[i].answer ||
		    s.cnt != lines[i].after.cnt || s.owner != lines[i].after.owner)
			fail_msg("line %zu: {%u, %" PRIu64 "}", i, s.cnt, s.owner);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spec),
	    cmocka_unit_test(test_judge),
	    cmocka_unit_test(test_sum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
