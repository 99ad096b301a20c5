/* SPDX-License-Identifier: MIT */
/* Two sweeps held against each other: what is told apart, and what is not. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "harness/results/compare.h"

enum { REPETITIONS = 9, POINTS = 20 };

static bool by_name(const struct sweep_point *a, const struct sweep_point *b, void *arg)
{
	(void)arg;
	return !strcmp(a->name, b->name);
}

/* Points p0, p1, .. and a ceiling; rates around `rate` with a spread of 2%. */
static struct sweep make_sweep(gsl_rng *rng, double rate, size_t repetitions)
{
	struct sweep sweep = {.points = calloc(POINTS, sizeof(*sweep.points)), .nr_points = POINTS};

	for (size_t i = 0; i < POINTS; i++) {
		struct sweep_point *p = &sweep.points[i];
		char name[32];

		snprintf(name, sizeof(name), "share/p%zu/threads:1", i);
		*p = (struct sweep_point){.name = strdup(name),
		    .workload = strdup("share"),
		    .impl = strdup(i ? "design" : "ceiling"),
		    .rest = strdup("/threads:1"),
		    .nr_runs = repetitions,
		    .repetitions = json_array()};
		for (size_t r = 0; r < repetitions; r++)
			json_array_append_new(
			    p->repetitions, json_pack("{s:f}", "items_per_second",
						(i ? rate : 100) + gsl_ran_gaussian(rng, 2)));
	}
	return sweep;
}

struct fixture {
	gsl_rng *rng;
	struct sweep a, b;
	struct compare compare;
	struct error err;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->rng = gsl_rng_alloc(gsl_rng_taus2);
	gsl_rng_set(f->rng, 1);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	compare_free(&f->compare);
	sweep_free(&f->a);
	sweep_free(&f->b);
	gsl_rng_free(f->rng);
	free(f);
	return 0;
}

static void compare(struct fixture *f, double rate_a, double rate_b, size_t repetitions)
{
	compare_free(&f->compare);
	sweep_free(&f->a);
	sweep_free(&f->b);
	f->a = make_sweep(f->rng, rate_a, repetitions);
	f->b = make_sweep(f->rng, rate_b, repetitions);
	assert_int_equal(compare_sweeps(&f->compare, &f->a, &f->b, "items_per_second", NULL,
			     by_name, NULL, &f->err),
	    0);
}

static size_t count(const struct fixture *f, enum comparison_verdict verdict)
{
	size_t nr = 0;

	for (size_t i = 0; i < f->compare.nr; i++)
		nr += f->compare.all[i].verdict == verdict;
	return nr;
}

static void test_slower_and_faster(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 50, REPETITIONS);
	assert_int_equal(f->compare.nr, POINTS);
	assert_int_equal(count(f, COMPARED_LESS), POINTS - 1);
	for (size_t i = 1; i < POINTS; i++) {
		const struct comparison *c = &f->compare.all[i];

		assert_true(c->interval.low < 0.5 + 0.05 && c->interval.high > 0.5 - 0.05);
		assert_true(comparison_slowdown(&f->compare, c) > 0.4);
	}
	compare(f, 50, 100, REPETITIONS);
	assert_int_equal(count(f, COMPARED_MORE), POINTS - 1);
	assert_true(comparison_slowdown(&f->compare, &f->compare.all[1]) == 0);
}

static void test_a_sweep_and_itself(void **state)
{
	struct fixture *f = *state;
	struct compare same;

	compare(f, 100, 100, REPETITIONS);
	assert_int_equal(
	    compare_sweeps(&same, &f->a, &f->a, "items_per_second", NULL, by_name, NULL, &f->err),
	    0);
	for (size_t i = 0; i < same.nr; i++) {
		assert_int_equal(same.all[i].verdict, COMPARED_EQUAL);
		assert_true(same.all[i].ratio == 1);
	}
	compare_free(&same);
	compare(f, 100, 100, 1); /* too few to tell anything, but nothing is to be told */
	assert_int_equal(
	    compare_sweeps(&same, &f->a, &f->a, "items_per_second", NULL, by_name, NULL, &f->err),
	    0);
	for (size_t i = 0; i < same.nr; i++)
		assert_int_equal(same.all[i].verdict, COMPARED_EQUAL);
	compare_free(&same);
}

/* Equal builds: in 5 of 100 pairs of sweeps at most is any point told apart. */
static void test_false_positives(void **state)
{
	enum { PAIRS = 100 };
	struct fixture *f = *state;
	unsigned int positive = 0;

	for (unsigned int i = 0; i < PAIRS; i++) {
		compare(f, 100, 100, REPETITIONS);
		positive += count(f, COMPARED_MORE) + count(f, COMPARED_LESS) > 0;
	}
	assert_in_range(positive, 0, PAIRS * 8 / 100);
}

static void test_noise_of_the_ceiling(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 110, REPETITIONS);
	json_array_clear(f->b.points[0].repetitions);
	for (size_t r = 0; r < REPETITIONS; r++)
		json_array_append_new(f->b.points[0].repetitions,
		    json_pack("{s:f}", "items_per_second", 120 + gsl_ran_gaussian(f->rng, 2)));
	compare_free(&f->compare);
	assert_int_equal(compare_sweeps(&f->compare, &f->a, &f->b, "items_per_second", NULL,
			     by_name, NULL, &f->err),
	    0);
	assert_true(f->compare.noise_floor > 0.15);
	assert_int_equal(count(f, COMPARED_NOISE), POINTS); /* the ceiling, too */
}

static void test_few_and_failed(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 50, 3);
	assert_int_equal(count(f, COMPARED_TOO_FEW), POINTS);
	f->a.points[3].failure = strdup("leaked");
	compare_free(&f->compare);
	assert_int_equal(compare_sweeps(&f->compare, &f->a, &f->b, "items_per_second", NULL,
			     by_name, NULL, &f->err),
	    0);
	assert_int_equal(count(f, COMPARED_FAILED), 1);
}

static void test_nothing_to_compare(void **state)
{
	struct fixture *f = *state;
	struct compare none;

	compare(f, 100, 100, 5);
	assert_int_equal(
	    compare_sweeps(&none, &f->a, &f->b, "wings", NULL, by_name, NULL, &f->err), -1);
	assert_non_null(strstr(f->err.text, "no point has a metric \"wings\""));
	f->b.nr_points = 0;
	assert_int_equal(
	    compare_sweeps(&none, &f->a, &f->b, "items_per_second", NULL, by_name, NULL, &f->err),
	    -1);
	assert_non_null(strstr(f->err.text, "no point in common"));
	f->b.nr_points = POINTS;
}

static void test_costs(void **state)
{
	(void)state;
	assert_true(metric_is_cost("probe_p99_ns"));
	assert_true(metric_is_cost("cycles_per_op"));
	assert_false(metric_is_cost("items_per_second"));
	assert_false(metric_is_cost("_ns"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_slower_and_faster),
	    TEST(test_a_sweep_and_itself),
	    TEST(test_false_positives),
	    TEST(test_noise_of_the_ceiling),
	    TEST(test_few_and_failed),
	    TEST(test_nothing_to_compare),
	    cmocka_unit_test(test_costs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
