/* SPDX-License-Identifier: MIT */
/* Given made-up figures, each rule of the claims gives each of its verdicts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "../../bench/claims/rules.c"

static void a_witness_settles_it(void **state)
{
	(void)state;
	assert_int_equal(rule_witness(1, false, CLAIM_REFUTED, CLAIM_CONFIRMED), CLAIM_REFUTED);
	assert_int_equal(rule_witness(7, true, CLAIM_CONFIRMED, CLAIM_REFUTED), CLAIM_CONFIRMED);
	assert_int_equal(rule_witness(0, true, CLAIM_REFUTED, CLAIM_CONFIRMED), CLAIM_CONFIRMED);
	assert_int_equal(rule_witness(0, false, CLAIM_REFUTED, CLAIM_CONFIRMED), CLAIM_UNDECIDED);
}

static void equal_within_a_tolerance(void **state)
{
	(void)state;
	assert_int_equal(rule_equal(interval_between(0.95, 1.05), 0.1), CLAIM_CONFIRMED);
	assert_int_equal(rule_equal(interval_between(1.2, 1.3), 0.1), CLAIM_REFUTED);
	assert_int_equal(rule_equal(interval_between(0.7, 0.8), 0.1), CLAIM_REFUTED);
	assert_int_equal(rule_equal(interval_between(0.95, 1.3), 0.1), CLAIM_UNDECIDED);
	assert_int_equal(rule_equal(no_interval, 0.1), CLAIM_UNDECIDED);
}

static void above_a_limit(void **state)
{
	(void)state;
	assert_int_equal(rule_above(interval_between(2.1, 3), 2), CLAIM_CONFIRMED);
	assert_int_equal(rule_above(interval_between(1, 2), 2), CLAIM_REFUTED);
	assert_int_equal(rule_above(interval_between(1, 3), 2), CLAIM_UNDECIDED);
	assert_int_equal(rule_above(no_interval, 2), CLAIM_UNDECIDED);
}

static void below_a_limit_along_an_axis(void **state)
{
	const struct interval below[] = {{1, 1.1, 0}, {1.2, 1.9, 0}};
	const struct interval above[] = {{2.1, 3, 0}, {9, 10, 0}};
	const struct interval turns[] = {{1, 1.1, 0}, {1.9, 2.1, 0}, {2.1, 3, 0}, {9, 10, 0}};
	const struct interval unsure[] = {{1, 1.1, 0}, {1.9, 2.1, 0}};
	const struct interval back[] = {{1, 1.1, 0}, {3, 4, 0}, {1, 1.1, 0}};
	const struct interval unknown[] = {{1, 1.1, 0}, {NAN, NAN, 0}};
	size_t first;

	(void)state;
	assert_int_equal(rule_stays_below(below, 2, 2, &first), CLAIM_CONFIRMED);
	assert_int_equal(rule_stays_below(above, 2, 2, &first), CLAIM_REFUTED);
	assert_int_equal(first, 0);
	assert_int_equal(rule_stays_below(turns, 4, 2, &first), CLAIM_BOUNDARY);
	assert_int_equal(first, 2);
	assert_int_equal(rule_stays_below(unsure, 2, 2, &first), CLAIM_UNDECIDED);
	assert_int_equal(first, 2);
	assert_int_equal(rule_stays_below(back, 3, 2, &first), CLAIM_UNDECIDED);
	assert_int_equal(rule_stays_below(unknown, 2, 2, &first), CLAIM_UNDECIDED);
	assert_int_equal(rule_stays_below(below, 0, 2, &first), CLAIM_UNDECIDED);
}

/* The boundary lies between the last point that is surely below the limit and the first point that
 * is surely above it. */
static void last_size_below_the_limit(void **state)
{
	const struct interval turns[] = {{1, 1.1, 0}, {1.9, 2.1, 0}, {2.1, 3, 0}};
	const struct interval back[] = {{1, 1.1, 0}, {3, 4, 0}, {1, 1.1, 0}};
	const struct interval unknown[] = {{NAN, NAN, 0}, {1, 1.1, 0}};

	(void)state;
	assert_int_equal(rule_last_below(turns, 2, 2), 1);
	assert_int_equal(rule_last_below(turns, 2, 2.2), 2);
	assert_int_equal(rule_last_below(turns, 2, 1), 0);
	assert_int_equal(rule_last_below(turns, 0, 2), 0);
	assert_int_equal(rule_last_below(back, 3, 2), 3);
	assert_int_equal(rule_last_below(back, 2, 2), 1);
	assert_int_equal(rule_last_below(unknown, 2, 2), 2);
	assert_int_equal(rule_last_below(unknown, 1, 2), 0);
}

static void some_or_all(void **state)
{
	(void)state;
	assert_int_equal(rule_part(5, 5), CLAIM_CONFIRMED);
	assert_int_equal(rule_part(2, 5), CLAIM_BOUNDARY);
	assert_int_equal(rule_part(0, 5), CLAIM_REFUTED);
}

static void cases_that_break_one_of_two(void **state)
{
	(void)state;
	assert_int_equal(rule_breaks(3, 0), CLAIM_CONFIRMED);
	assert_int_equal(rule_breaks(3, 1), CLAIM_BOUNDARY);
	assert_int_equal(rule_breaks(0, 1), CLAIM_REFUTED);
}

static void where_costs_break_even(void **state)
{
	(void)state;
	assert_int_equal(rule_break_even(interval_between(10, 20), 100, 1000), CLAIM_CONFIRMED);
	assert_int_equal(rule_break_even(interval_between(90, 200), 100, 1000), CLAIM_BOUNDARY);
	assert_int_equal(rule_break_even(interval_between(1001, 2000), 100, 1000), CLAIM_REFUTED);
	assert_int_equal(rule_break_even(interval_between(-1, 20), 100, 1000), CLAIM_UNDECIDED);
	assert_int_equal(rule_break_even(no_interval, 100, 1000), CLAIM_UNDECIDED);
}

static void verdicts_have_names(void **state)
{
	(void)state;
	assert_string_equal(claim_verdict_name(CLAIM_CONFIRMED), "confirmed");
	assert_string_equal(claim_verdict_name(CLAIM_REFUTED), "refuted");
	assert_string_equal(claim_verdict_name(CLAIM_BOUNDARY), "boundary");
	assert_string_equal(claim_verdict_name(CLAIM_UNDECIDED), "undecided");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_witness_settles_it),
	    cmocka_unit_test(equal_within_a_tolerance),
	    cmocka_unit_test(above_a_limit),
	    cmocka_unit_test(below_a_limit_along_an_axis),
	    cmocka_unit_test(last_size_below_the_limit),
	    cmocka_unit_test(some_or_all),
	    cmocka_unit_test(cases_that_break_one_of_two),
	    cmocka_unit_test(where_costs_break_even),
	    cmocka_unit_test(verdicts_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
