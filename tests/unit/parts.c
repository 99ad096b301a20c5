/* SPDX-License-Identifier: MIT */
/* Explorations that run side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/explore/parts.h"

extern const struct explore_family explore_ownership;
extern const struct explored *const explored_ownership[], *const explored_toys[];

static void set_part(
    struct part *part, const struct explored *const *list, const char *impl, const char *scenario)
{
	part->impl = explored_find(list, impl);
	part->scenario = scenario ? scenario_find(&explore_ownership, scenario) : NULL;
}

static void explore_all(struct part *parts, int n, unsigned int processes, double seconds)
{
	struct error err;

	if (parts_explore(parts, n, processes, seconds, NULL, &err))
		fail_msg("%s", err.text);
}

/* One process; explorations that cannot end in this time come first. */
static void small_ones_do_not_wait_for_large_ones(void **state)
{
	struct part *parts = parts_map(4);

	(void)state;
	set_part(&parts[0], explored_ownership, "device_slots", "two_sides");
	parts[0].options.model = MODEL_TSO;
	set_part(&parts[1], explored_ownership, "device_slots", "two_sides");
	parts[1].options.model = MODEL_RC11;
	set_part(&parts[2], explored_ownership, "mutex_count", "two_claimers");
	set_part(&parts[3], explored_ownership, "mutex_count", NULL);
	parts[3].bounds.steps[2] = MAX_GENERATED;
	explore_all(parts, 4, 1, 2);
	for (int i = 0; i < 4; i++) {
		assert_true(parts[i].done);
		assert_int_equal(parts[i].failed, 0);
		assert_true(parts[i].found.all.executions + parts[i].found.all.states > 0);
		assert_int_equal(parts[i].found.all.exhausted, i == 2);
	}
	parts_unmap(parts, 4);
}

/* One process, and two explorations that cannot end in this time. Returns whether the one that is
 * behind ran for less than half of the other's time. */
static bool the_one_behind_gets_less_time(void)
{
	struct part *parts = parts_map(2);
	bool less;

	set_part(&parts[0], explored_ownership, "device_slots", "two_sides");
	set_part(&parts[1], explored_ownership, "device_slots", "two_sides");
	parts[0].options.model = parts[1].options.model = MODEL_RC11;
	parts[0].behind = 7;
	explore_all(parts, 2, 1, 1);
	assert_true(parts[0].done && parts[1].done);
	less = parts[0].ran > 0 && 2 * parts[0].ran < parts[1].ran;
	parts_unmap(parts, 2);
	return less;
}

/* A machine that stands still lengthens a turn, so this may need several attempts. If both got the
 * same time, no attempt would do. */
static void those_behind_get_less_time(void **state)
{
	bool less = false;

	(void)state;
	for (int attempt = 0; attempt < 10 && !less; attempt++)
		less = the_one_behind_gets_less_time();
	assert_true(less);
}

/* Each exploration runs in a process of its own. */
static void failures_end_only_their_exploration(void **state)
{
	struct part *parts = parts_map(3);

	(void)state;
	set_part(&parts[0], explored_toys, "sleeps", "probe_claim");
	set_part(&parts[1], explored_toys, "exits", "probe_claim");
	set_part(&parts[2], explored_ownership, "mutex_count", "probe_claim");
	parts[0].options.hangs = 0.5;
	explore_all(parts, 3, 2, 0.1);
	assert_int_not_equal(parts[0].failed, 0);
	assert_string_equal(
	    parts[0].err.text, "sleeps hangs in scenario probe_claim: an execution does not end");
	assert_true(parts[0].found.all.hung[0]);
	assert_string_equal(
	    parts[1].err.text, "exits ended its process with status 3 in scenario probe_claim");
	assert_int_not_equal(parts[1].failed, 0);
	assert_int_equal(parts[2].failed, 0);
	assert_true(parts[2].found.all.exhausted);
	parts_unmap(parts, 3);
}

/* What was explored up to the first fault does not depend on the number of processes. */
static void a_fault_ends_its_group(void **state)
{
	static const struct {
		const char *impl, *scenario;
	} all[] = {
	    {"mutex_count", "two_probers"},
	    {"busted_single_release", "both_ways"}, /* has the fault */
	    {"device_slots", "two_sides"},          /* takes long */
	    {"mutex_count", "two_claimers"},        /* of another group */
	};
	uint64_t executions[2];

	(void)state;
	for (unsigned int processes = 1; processes <= 4; processes++) {
		struct part *parts = parts_map(4);

		for (int i = 0; i < 4; i++) {
			set_part(&parts[i], explored_ownership, all[i].impl, all[i].scenario);
			parts[i].options.until = CLASS_LEAKY;
			parts[i].group = i == 3;
		}
		explore_all(parts, 4, processes, 0);
		assert_true(parts[0].found.all.exhausted);
		assert_int_equal(parts[1].found.all.class, CLASS_LEAKY);
		assert_false(parts[1].found.all.exhausted);
		assert_false(processes == 1 && parts[2].done);
		assert_false(parts[2].found.all.exhausted);
		assert_true(parts[3].found.all.exhausted);
		for (int i = 0; i < 2; i++) {
			if (processes == 1)
				executions[i] = parts[i].found.all.executions;
			assert_int_equal(parts[i].found.all.executions, executions[i]);
		}
		parts_unmap(parts, 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(small_ones_do_not_wait_for_large_ones),
	    cmocka_unit_test(those_behind_get_less_time),
	    cmocka_unit_test(failures_end_only_their_exploration),
	    cmocka_unit_test(a_fault_ends_its_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
