/* SPDX-License-Identifier: MIT */
/* Claim C1's verdict and text for made-up latencies of probes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../bench/claims/c1.c"

enum { ROUNDS = 9 };

/* The count's p99 is about 100 ns and varies by round. The walk's p99 is `times` that. */
static struct claim_result judge_made(const double times[NR_SIZES], double noise)
{
	static struct samples of[NR_DESIGNS][NR_SIZES];
	struct claim_result result = {.verdict = CLAIM_UNDECIDED};

	for (size_t s = 0; s < NR_SIZES; s++) {
		for (size_t r = 0; r < ROUNDS; r++) {
			const double ns = 100 + (double)(r * 7 % 5);
			const double more = r % 2 ? noise : 1;

			of[COUNT][s].p50[r] = of[WALK][s].p50[r] = of[REPAIRED][s].p50[r] = 50;
			of[COUNT][s].p99[r] = of[REPAIRED][s].p99[r] = ns;
			of[WALK][s].p99[r] = ns * times[s] * (s ? more : 1);
		}
	}
	judge_growth(&result, of, ROUNDS);
	return result;
}

/* If a design is slower by the same factor in groups of any size, this does not show that a probe
 * waits for the walk. */
static void ratio_of_the_smallest_group_is_no_boundary(void **state)
{
	const double same[] = {1.8, 1.8, 1.8, 1.8, 1.8, 1.8};
	struct claim_result result = judge_made(same, 1);

	(void)state;
	assert_int_equal(result.verdict, CLAIM_CONFIRMED);
	assert_string_equal(result.boundary, "");
	assert_non_null(strstr(result.figure, "in groups of 2: 1.80 (1.80..1.80), 8: 1.80"));
	assert_non_null(strstr(result.figure, "4096: 1.80 (1.80..1.80);"));
}

static void growth_has_a_boundary(void **state)
{
	const double grows[] = {1.8, 1.8, 1.9, 3.6, 9, 900};
	struct claim_result result = judge_made(grows, 1);

	(void)state;
	assert_int_equal(result.verdict, CLAIM_BOUNDARY);
	assert_string_equal(result.boundary, "between groups of 32 and of 128 devices");
	assert_true(result.value > 1.99 && result.value < 2.01);
	assert_non_null(strstr(result.figure, "128: 3.60 (3.60..3.60)"));
	assert_non_null(strstr(result.figure, "in groups of 128 the ratio of p99s is 2.00 times"));
}

/* If noise leaves one size undecided, a larger size whose ratio is below the limit still gives a
 * lower bound for the boundary. */
static void the_last_below_bounds_it(void **state)
{
	static struct samples of[NR_DESIGNS][NR_SIZES];
	struct claim_result result = {.verdict = CLAIM_UNDECIDED};

	(void)state;
	for (size_t s = 0; s < NR_SIZES; s++) {
		for (size_t r = 0; r < ROUNDS; r++) {
			of[COUNT][s].p99[r] = 100;
			of[WALK][s].p99[r] = s == 1 && r % 2 ? 500 : s < 3 ? 100 : 900;
		}
	}
	judge_growth(&result, of, ROUNDS);
	assert_int_equal(result.verdict, CLAIM_BOUNDARY);
	assert_string_equal(result.boundary, "between groups of 32 and of 128 devices");
}

static void growth_from_the_second_size_on(void **state)
{
	const double grows[] = {1, 2, 3, 4, 5, 6};

	(void)state;
	assert_int_equal(judge_made(grows, 1).verdict, CLAIM_REFUTED);
}

/* In half of the rounds the walk takes three times as long, whatever the size. */
static void wide_intervals_decide_nothing(void **state)
{
	const double same[] = {1, 1, 1, 1, 1, 1};
	struct claim_result result = judge_made(same, 3);

	(void)state;
	assert_int_equal(result.verdict, CLAIM_UNDECIDED);
	assert_non_null(strstr(result.boundary, "too wide"));
	assert_non_null(strstr(result.figure, "8: 1.00 (1.00..3.00)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ratio_of_the_smallest_group_is_no_boundary),
	    cmocka_unit_test(growth_has_a_boundary),
	    cmocka_unit_test(the_last_below_bounds_it),
	    cmocka_unit_test(growth_from_the_second_size_on),
	    cmocka_unit_test(wide_intervals_decide_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
