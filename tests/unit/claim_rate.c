/* SPDX-License-Identifier: MIT */
/* The interval of a claim's rate, checked with sources whose true rate is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "../../bench/claims/rate.c"

enum { EXPERIMENTS = 500, TRIALS = 20000 };

/* Each run draws its own share; their mean is `share`. The smaller `alike` is, the more the runs
 * differ. */
struct source {
	double share, alike;
};

static struct rate_runs draw_runs(gsl_rng *rng, struct source source, size_t nr)
{
	struct rate_runs runs = {0};

	for (size_t i = 0; i < nr; i++) {
		double share = gsl_ran_beta(
		    rng, source.share * source.alike, (1 - source.share) * source.alike);

		rate_add(&runs, gsl_ran_binomial(rng, share, TRIALS), TRIALS);
	}
	return runs;
}

static bool interval_holds(struct interval interval, double x)
{
	return interval.low <= x && x <= interval.high;
}

/* Counts the experiments in which the true rate is in the interval over runs, and those in which it
 * is in the interval of one long run. */
static void count_held(struct source source, size_t nr, int *held, int *held_by_trials)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	gsl_rng_set(rng, 20221121 + nr);
	*held = *held_by_trials = 0;
	for (int i = 0; i < EXPERIMENTS; i++) {
		const struct rate_runs runs = draw_runs(rng, source, nr);

		*held += interval_holds(rate_of(&runs).around, MILLION * source.share);
		*held_by_trials += interval_holds(over_trials(&runs), source.share);
	}
	gsl_rng_free(rng);
}

/* Modelled on claim C7, for which three runs gave 101562, 153702 and 134115 per million. */
static void runs_that_differ(void **state)
{
	const struct source sources[] = {{0.13, 200}, {0.05, 100}, {0.5, 20}, {0.9, 50}};

	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		for (size_t nr = RATE_RUNS_QUICK; nr <= RATE_RUNS; nr += RATE_RUNS_QUICK) {
			int held, held_by_trials;

			count_held(sources[i], nr, &held, &held_by_trials);
			assert_in_range(held, EXPERIMENTS * 85 / 100, EXPERIMENTS);
			assert_in_range(held_by_trials, 0, EXPERIMENTS / 2);
		}
	}
}

/* If the trials are in fact independent, the interval is not too narrow. */
static void runs_that_are_alike(void **state)
{
	int held, held_by_trials;

	(void)state;
	count_held((struct source){0.001, 1e9}, RATE_RUNS, &held, &held_by_trials);
	assert_in_range(held, EXPERIMENTS * 92 / 100, EXPERIMENTS);
	assert_in_range(held, held_by_trials, EXPERIMENTS);
}

static struct rate of_alike(uint64_t events, uint64_t trials, size_t nr)
{
	struct rate_runs runs = {0};

	for (size_t i = 0; i < nr; i++)
		rate_add(&runs, events, trials);
	return rate_of(&runs);
}

/* A Poisson distribution whose mean is 3.69 gives no event with a probability of 2.5%. */
static void no_event_gives_a_bound(void **state)
{
	struct rate rate = of_alike(0, 250, 4);

	(void)state;
	assert_true(rate.mean == 0 && rate.around.low == 0);
	assert_true(fabs(rate.around.high - 3689) < 1);
}

static void a_share_is_never_above_one(void **state)
{
	struct rate_runs runs = {0};
	struct rate rate = of_alike(250, 250, 4);

	(void)state;
	assert_true(rate.mean == MILLION && rate.around.high == MILLION);
	assert_true(fabs(rate.around.low - (MILLION - 3689)) < 1);
	rate_add(&runs, 1000, 1000);
	rate_add(&runs, 900, 1000);
	rate = rate_of(&runs);
	assert_true(rate.around.high == MILLION && rate.around.low < 900000);
	runs = (struct rate_runs){0};
	rate_add(&runs, 0, 1000);
	rate_add(&runs, 100, 1000);
	assert_true(rate_of(&runs).around.low == 0);
}

static void too_few_runs(void **state)
{
	struct rate_runs runs = {0};

	(void)state;
	assert_true(isnan(rate_of(&runs).mean));
	rate_add(&runs, 5, 100);
	rate_add(&runs, 0, 0); /* a run without trials */
	assert_int_equal(runs.nr, 1);
	assert_true(fabs(rate_of(&runs).mean - 50000) < 1e-6);
	assert_true(isnan(rate_of(&runs).around.low) && isnan(rate_of(&runs).around.high));
}

/* Each run has the same weight, however many trials it had. */
static void the_mean_is_of_runs(void **state)
{
	struct rate_runs runs = {0};

	(void)state;
	rate_add(&runs, 10, 100);
	rate_add(&runs, 3000, 10000);
	assert_true(fabs(rate_of(&runs).mean - 200000) < 1e-6);
	for (int i = 0; i < 2 * RATE_RUNS; i++)
		rate_add(&runs, 1, 1);
	assert_int_equal(runs.nr, RATE_RUNS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(runs_that_differ),
	    cmocka_unit_test(runs_that_are_alike),
	    cmocka_unit_test(no_event_gives_a_bound),
	    cmocka_unit_test(a_share_is_never_above_one),
	    cmocka_unit_test(too_few_runs),
	    cmocka_unit_test(the_mean_is_of_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
