/* SPDX-License-Identifier: MIT */
/* The cost model: counts that were derived by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "harness/cost/cost.h"

extern const struct explored *const counted_toys[]; /* built from tests/counted */

/* Expected counts of an operation. Counts that are not given are 0. */
struct expected {
	double rmws, fences, membarriers, locks, grace_periods, sections, loads, stores, transfers;
};

static struct costs costs_of(const char *name)
{
	const struct explored *counted = explored_find(counted_ownership, name);
	struct costs costs;
	struct error err;

	if (!counted)
		counted = explored_find(counted_toys, name);
	if (!counted)
		fail_msg("no counted build of %s", name);
	if (cost_of(counted, &costs, &err))
		fail_msg("%s", err.text);
	return costs;
}

static void expect_counts(
    const char *name, enum cost_setting setting, enum cost_op op, struct expected e)
{
	const double counts[NR_COUNTS] = {e.rmws, e.fences, e.membarriers, e.locks, e.grace_periods,
	    e.sections, e.loads, e.stores, e.transfers};
	struct costs costs = costs_of(name);
	const struct cost *cost = &costs.of[setting][op];

	if (!cost->known)
		fail_msg("%s: no %s %s", name, cost_setting_names[setting], cost_op_names[op]);
	for (int i = 0; i < NR_COUNTS; i++) {
		if (cost->counts[i] != counts[i])
			fail_msg("%s, %s %s: %g %s, must be %g", name, cost_setting_names[setting],
			    cost_op_names[op], cost->counts[i], count_names[i], counts[i]);
	}
}

static void expect_unknown(const char *name, enum cost_op op)
{
	struct costs costs = costs_of(name);

	for (int setting = 0; setting < NR_COST_SETTINGS; setting++)
		assert_false(costs.of[setting][op].known);
}

/* -- cache lines -- */

/* Returns the number of cache-line transfers that this CPU's access needs. */
static uint64_t count_transfers(
    struct counter *counter, unsigned int cpu, const void *p, size_t size, bool write)
{
	uint64_t before = counter->counts[COUNT_TRANSFERS];

	counter_start(counter, cpu);
	counter_plain(p, size, write);
	counter_stop();
	return counter->counts[COUNT_TRANSFERS] - before;
}

static void lines_travel(void **state)
{
	struct counter c;
	struct error err;
	char *p;

	(void)state;
	assert_int_equal(counter_init(&c, &err), 0);
	p = counter_alloc(&c, COST_LINE, (size_t)4 * COST_LINE);
	/* A line that is fetched from memory is not transferred. */
	assert_int_equal(count_transfers(&c, 0, p, 8, false), 0);
	assert_int_equal(count_transfers(&c, 0, p, 8, true), 0); /* only this CPU has the line */
	assert_int_equal(count_transfers(&c, 1, p + 56, 8, false), 1);
	assert_int_equal(count_transfers(&c, 0, p, 8, false), 0); /* both CPUs have the line */
	assert_int_equal(count_transfers(&c, 1, p, 8, false), 0);
	/* The other CPU has read the line. */
	assert_int_equal(count_transfers(&c, 1, p, 8, true), 1);
	assert_int_equal(count_transfers(&c, 1, p, 8, true), 0);
	/* The other CPU has written the line. */
	assert_int_equal(count_transfers(&c, 0, p, 8, true), 1);
	assert_int_equal(count_transfers(&c, 1, p + COST_LINE, 8, true), 0);
	/* The access covers three lines: the first is owned by the other CPU, the second by this
	 * one, the third by none. */
	assert_int_equal(count_transfers(&c, 1, p + COST_LINE - 1, COST_LINE + 2, false), 1);
	counter_plain(p, 8, true); /* counting is off */
	assert_int_equal(count_transfers(&c, 0, p, 8, true), 1);
	counter_free(&c);
}

static void the_stack_does_not_count(void **state)
{
	const void *const *volatile frame = NULL;
	struct counter c;
	struct error err;

	(void)state;
	assert_int_equal(counter_init(&c, &err), 0);
	assert_int_equal(counter_alloc(&c, 64, (size_t)1 << 30) != NULL, 0);
	counter_start(&c, 0);
	/* A variable in a stack frame that is in use does not count. */
	counter_plain((const void *)&frame, sizeof(frame), true);
	counter_stop();
	assert_int_equal(count_transfers(&c, 1, (const void *)&frame, sizeof(frame), true), 1);
	counter_free(&c);
}

static void there_is_one_at_a_time(void **state)
{
	struct counter first, second;
	struct error err;

	(void)state;
	assert_int_equal(counter_init(&first, &err), 0);
	assert_int_equal(counter_init(&second, &err), -1);
	assert_non_null(strstr(err.text, "cannot map memory for the cost model"));
	counter_free(&first);
}

/* -- operations -- */

static void each_kind(void **state)
{
	(void)state;
	expect_counts(
	    "kinds", COST_ALONE, COST_PROBE, (struct expected){.rmws = 1, .fences = 1, .loads = 2});
	expect_counts("kinds", COST_ALONE, COST_REMOVE, (struct expected){.rmws = 1, .loads = 1});
	expect_counts("kinds", COST_ALONE, COST_CLAIM,
	    (struct expected){
		.rmws = 2, .locks = 1, .stores = 1, .membarriers = 1, .grace_periods = 1});
	expect_counts(
	    "kinds", COST_ALONE, COST_RELEASE, (struct expected){.sections = 2, .stores = 1});
	/* A probe transfers only the word's line. A remove transfers the plain line twice: once to
	 * read it, and once to write it. */
	expect_counts("kinds", COST_SHARED, COST_PROBE,
	    (struct expected){.rmws = 1, .fences = 1, .loads = 2, .transfers = 1});
	expect_counts("kinds", COST_SHARED, COST_REMOVE,
	    (struct expected){.rmws = 1, .loads = 1, .transfers = 3});
	expect_unknown("kinds", COST_REFUSED_PROBE); /* the operation does not refuse */
	expect_unknown("kinds", COST_REFUSED_CLAIM);
}

static void ceiling_costs_nothing(void **state)
{
	(void)state;
	for (int setting = 0; setting < NR_COST_SETTINGS; setting++) {
		expect_counts("ceiling", setting, COST_PROBE, (struct expected){0});
		expect_counts("ceiling", setting, COST_REMOVE, (struct expected){0});
	}
	expect_unknown("ceiling", COST_REFUSED_PROBE);
}

/* The lock's line is transferred once. The count's line is read first and then written, which
 * takes two transfers. */
static void mutex_count(void **state)
{
	(void)state;
	for (enum cost_op op = COST_PROBE; op < NR_COST_OPS; op++)
		expect_counts("mutex_count", COST_ALONE, op,
		    (struct expected){.rmws = 1, .locks = 1, .stores = 1});
	expect_counts("mutex_count", COST_SHARED, COST_PROBE,
	    (struct expected){.rmws = 1, .locks = 1, .stores = 1, .transfers = 3});
	/* A refused probe only reads the owner. */
	expect_counts("mutex_count", COST_SHARED, COST_REFUSED_PROBE,
	    (struct expected){.rmws = 1, .locks = 1, .stores = 1, .transfers = 1});
}

static void packed_cas(void **state)
{
	(void)state;
	expect_counts(
	    "packed_cas", COST_ALONE, COST_PROBE, (struct expected){.rmws = 1, .loads = 1});
	expect_counts(
	    "packed_cas", COST_ALONE, COST_REMOVE, (struct expected){.rmws = 1, .loads = 1});
	expect_counts("packed_cas", COST_SHARED, COST_PROBE,
	    (struct expected){.rmws = 1, .loads = 1, .transfers = 2});
	expect_counts(
	    "fetch_add", COST_SHARED, COST_PROBE, (struct expected){.rmws = 1, .transfers = 1});
}

static void device_slots(void **state)
{
	(void)state;
	for (int setting = 0; setting < NR_COST_SETTINGS; setting++) {
		expect_counts("device_slots", setting, COST_PROBE,
		    (struct expected){.loads = 2, .stores = 1});
		expect_counts("device_slots", setting, COST_REMOVE,
		    (struct expected){.loads = 1, .stores = 1});
		expect_counts(
		    "device_slots", setting, COST_REFUSED_PROBE, (struct expected){.loads = 1});
		expect_counts("device_slots<seq_cst>", setting, COST_PROBE,
		    (struct expected){.fences = 1, .loads = 2, .stores = 1});
		expect_counts("device_slots<exchange>", setting, COST_PROBE,
		    (struct expected){.rmws = 1, .loads = 2});
	}
	/* The group is CENTRAL or SHARDED since the last claim. */
	assert_true(
	    costs_of("device_slots").of[COST_ALONE][COST_CLAIM].counts[COUNT_MEMBARRIERS] == 0);
	assert_true(costs_of("device_slots_unguarded")
			.of[COST_ALONE][COST_CLAIM]
			.counts[COUNT_MEMBARRIERS] == 1);
}

/* A claim reads each dev->driver. */
static void test_walk_reads_drivers(void **state)
{
	struct costs costs = costs_of("rcu_driver");

	(void)state;
	assert_true(costs.of[COST_ALONE][COST_CLAIM].counts[COUNT_LOADS] == COST_DEVICES);
	assert_true(costs.of[COST_ALONE][COST_CLAIM].counts[COUNT_GRACE_PERIODS] == 1);
	assert_true(costs.of[COST_ALONE][COST_PROBE].counts[COUNT_SECTIONS] == 1);
	/* Accesses to the plain flags of other devices count only as transfers. */
	assert_true(
	    costs_of("list_walk_repaired").of[COST_SHARED][COST_PROBE].counts[COUNT_TRANSFERS] >
	    costs_of("mutex_count").of[COST_SHARED][COST_PROBE].counts[COUNT_TRANSFERS]);
}

static void expect_same(const struct cost *a, const struct cost *b)
{
	assert_int_equal(a->known, b->known);
	assert_memory_equal(a->counts, b->counts, sizeof(a->counts));
}

static void all_are_counted(void **state)
{
	(void)state;
	for (const struct explored *const *i = counted_ownership; *i; i++) {
		struct costs first = costs_of((*i)->name), second = costs_of((*i)->name);

		assert_true(first.of[COST_ALONE][COST_PROBE].known);
		for (int op = 0; op < NR_COST_OPS; op++) {
			expect_same(&first.of[COST_ALONE][op], &second.of[COST_ALONE][op]);
			expect_same(&first.of[COST_SHARED][op], &second.of[COST_SHARED][op]);
			assert_true(first.of[COST_ALONE][op].counts[COUNT_TRANSFERS] == 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_travel),
	    cmocka_unit_test(the_stack_does_not_count),
	    cmocka_unit_test(there_is_one_at_a_time),
	    cmocka_unit_test(each_kind),
	    cmocka_unit_test(ceiling_costs_nothing),
	    cmocka_unit_test(mutex_count),
	    cmocka_unit_test(packed_cas),
	    cmocka_unit_test(device_slots),
	    cmocka_unit_test(test_walk_reads_drivers),
	    cmocka_unit_test(all_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
