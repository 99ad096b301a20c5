/* SPDX-License-Identifier: MIT */
/* Claim C15's verdict for made-up costs of ownership: uncontended, and with threads that do nothing
 * else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../bench/claims/c15.c"

/* `alone` and `together` are nanoseconds per pair, each known to within a tenth. */
static struct claim_result judge_made(double alone, double together)
{
	struct claim_result result = {.verdict = CLAIM_UNDECIDED};

	claim_value(
	    &result, together / PART, 0.9 * together / PART, 1.1 * together / PART, "ns of probe");
	judge_break_even(&result, alone, interval_between(0.9 * alone, 1.1 * alone));
	return result;
}

static void boundary_lies_between_the_costs(void **state)
{
	struct claim_result result = judge_made(22, 213);

	(void)state;
	assert_int_equal(result.verdict, CLAIM_BOUNDARY);
	assert_non_null(strstr(result.boundary, "a probe of less than 2.2 us by more than 1%"));
	assert_non_null(strstr(result.boundary, "more than 21.3 us by less"));
	result = judge_made(213, 22);
	assert_non_null(strstr(result.boundary, "less than 2.2 us"));
	assert_non_null(strstr(result.boundary, "more than 21.3 us"));
}

/* The cost for threads that do nothing else is an upper bound: by itself it refutes nothing. */
static void both_costs_have_to_agree(void **state)
{
	(void)state;
	assert_int_equal(judge_made(1, 5).verdict, CLAIM_CONFIRMED);
	assert_int_equal(judge_made(1, 500).verdict, CLAIM_BOUNDARY);
	assert_int_equal(judge_made(22, 1e6).verdict, CLAIM_BOUNDARY);
	assert_int_equal(judge_made(2e5, 1e6).verdict, CLAIM_REFUTED);
}

static void no_cost_is_undecided(void **state)
{
	struct claim_result result = judge_made(-3, 200);

	(void)state;
	assert_int_equal(result.verdict, CLAIM_UNDECIDED);
	assert_non_null(strstr(result.boundary, "noise"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(boundary_lies_between_the_costs),
	    cmocka_unit_test(both_costs_have_to_agree),
	    cmocka_unit_test(no_cost_is_undecided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
