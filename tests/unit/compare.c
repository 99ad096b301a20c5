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

static void compare_again(struct fixture *f)
{
	compare_free(&f->compare);
	assert_int_equal(compare_sweeps(&f->compare, &f->a, &f->b, "items_per_second", NULL,
			     by_name, NULL, &f->err),
	    0);
}

static void compare(struct fixture *f, double rate_a, double rate_b, size_t repetitions)
{
	sweep_free(&f->a);
	sweep_free(&f->b);
	f->a = make_sweep(f->rng, rate_a, repetitions);
	f->b = make_sweep(f->rng, rate_b, repetitions);
	compare_again(f);
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

/* -- sweeps of one build: nothing is to be told -- */

enum { DESIGNS = 2, COUNTS = 2, RUNS = (1 + DESIGNS) * COUNTS };

/* How rates of one build differ: shares, of logarithms. */
struct noise {
	const char *what;
	double own;      /* standard deviation of each repetition by itself, */
	double outliers; /* of which this share is slower, by a third on average */
	bool heavy;      /* Student's t with 2 degrees of freedom in place of the normal */
	double machine;  /* the same of what comes over all runs alike, */
	double lasting;  /* with this correlation from one run to the next */
	double drift;    /* from the beginning of a sweep to its end, and on in the next */
	double step;     /* from one sweep to the next */
	double steeper;  /* what comes over the machine moves a design this many times as much */
};

/* What comes over a machine, from run to run. */
struct machine {
	const struct noise *noise;
	gsl_rng *rng;
	double lasting;
	double drifted;
};

static double next_rate(struct machine *m, bool ceiling)
{
	const struct noise *n = m->noise;
	double own = n->own * (n->heavy ? gsl_ran_tdist(m->rng, 2) : gsl_ran_gaussian(m->rng, 1));

	m->lasting = n->lasting * m->lasting +
	             sqrt(1 - n->lasting * n->lasting) * gsl_ran_gaussian(m->rng, n->machine);
	m->drifted += n->drift / (RUNS * REPETITIONS);
	if (gsl_rng_uniform(m->rng) < n->outliers)
		own -= gsl_ran_exponential(m->rng, 0.3);
	return 100 * exp(own + (m->lasting + m->drifted) * (ceiling ? 1 : n->steeper));
}

/* As `run` does it: the repetitions of all runs in one random order. */
static struct sweep sweep_on(struct machine *m)
{
	struct sweep sweep = {.points = calloc(RUNS, sizeof(*sweep.points)), .nr_points = RUNS};
	const size_t nr = (size_t)RUNS * REPETITIONS;
	int order[RUNS * REPETITIONS];

	for (int i = 0; i < RUNS; i++) {
		char impl[16] = "ceiling", name[64];

		if (i >= COUNTS)
			snprintf(impl, sizeof(impl), "design%d", i / COUNTS);
		snprintf(name, sizeof(name), "share/%s/threads:%d", impl, i % COUNTS);
		sweep.points[i] = (struct sweep_point){.name = strdup(name),
		    .impl = strdup(impl),
		    .threads = (unsigned int)(i % COUNTS),
		    .nr_runs = REPETITIONS,
		    .repetitions = json_array()};
	}
	for (size_t i = 0; i < nr; i++)
		order[i] = (int)(i % RUNS);
	gsl_ran_shuffle(m->rng, order, nr, sizeof(*order));
	for (size_t i = 0; i < nr; i++)
		json_array_append_new(sweep.points[order[i]].repetitions,
		    json_pack("{s:f}", "items_per_second", next_rate(m, order[i] < COUNTS)));
	return sweep;
}

static bool any_told(
    const struct sweep *a, const struct sweep *b, compare_pick *pick, compare_match *match)
{
	struct compare compare;
	struct error err;
	bool told = false;

	assert_int_equal(
	    compare_sweeps(&compare, a, b, "items_per_second", pick, match, NULL, &err), 0);
	for (size_t i = 0; i < compare.nr; i++)
		told |= compare.all[i].verdict == COMPARED_MORE ||
		        compare.all[i].verdict == COMPARED_LESS;
	compare_free(&compare);
	return told;
}

static bool is_first(const struct sweep_point *a, void *arg)
{
	(void)arg;
	return !strcmp(a->impl, "design1");
}

static bool is_second(const struct sweep_point *a, const struct sweep_point *b, void *arg)
{
	(void)arg;
	return !strcmp(b->impl, "design2") && a->threads == b->threads;
}

/* In how many of `pairs` pairs of sweeps a point is told apart, and in how many sweeps one of two
 * equal designs. */
static void count_told(const struct noise *noise, unsigned int pairs, unsigned int told[2])
{
	struct machine m = {.noise = noise, .rng = gsl_rng_alloc(gsl_rng_taus2)};

	gsl_rng_set(m.rng, 1);
	told[0] = told[1] = 0;
	for (unsigned int i = 0; i < pairs; i++) {
		struct sweep a, b;

		m.lasting = gsl_ran_gaussian(m.rng, noise->machine);
		m.drifted = 0;
		a = sweep_on(&m);
		m.drifted += i % 2 ? noise->step : -noise->step;
		b = sweep_on(&m);
		told[0] += any_told(&a, &b, NULL, by_name);
		told[1] += any_told(&a, &a, is_first, is_second);
		sweep_free(&a);
		sweep_free(&b);
	}
	gsl_rng_free(m.rng);
}

/* In 5 of 100 at most, whatever the noise is like. */
static void test_false_positives(void **state)
{
#ifdef OWNBENCH_SANITIZED /* one thread, ten times as slow: the rate is for the other builds */
	enum { PAIRS = 20 };
#else
	enum { PAIRS = 100 };
#endif
	static const struct noise noises[] = {
	    {"normal", .own = 0.02, .steeper = 1},
	    {"heavy tails", .own = 0.02, .heavy = true, .steeper = 1},
	    {"outliers", .own = 0.01, .outliers = 0.15, .steeper = 1},
	    {"lasts 10 runs", .own = 0.01, .machine = 0.03, .lasting = 0.9, .steeper = 1},
	    {"lasts a sweep", .own = 0.01, .machine = 0.03, .lasting = 0.99, .steeper = 1},
	    {"lasts 10 sweeps", .own = 0.01, .machine = 0.03, .lasting = 0.999, .steeper = 1},
	    {"lasts, heavy tails", 0.01, .heavy = true, .machine = 0.03, .lasting = 0.99,
		.steeper = 1},
	    {"drift", .own = 0.005, .drift = 0.1, .steeper = 1},
	    {"step", .own = 0.01, .step = 0.03, .steeper = 1},
	    {"step, designs steeper", .own = 0.01, .step = 0.03, .steeper = 1.5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(noises) / sizeof(noises[0]); i++) {
		unsigned int told[2];

		count_told(&noises[i], PAIRS, told);
		if (told[0] > PAIRS * 5 / 100 || told[1] > PAIRS * 5 / 100)
			fail_msg("%s: of %d, told apart %u pairs of sweeps, %u of designs",
			    noises[i].what, PAIRS, told[0], told[1]);
	}
}

/* The ceiling of B at this rate in place of 100. */
static void move_ceiling(struct fixture *f, double rate)
{
	json_array_clear(f->b.points[0].repetitions);
	for (size_t r = 0; r < REPETITIONS; r++)
		json_array_append_new(f->b.points[0].repetitions,
		    json_pack("{s:f}", "items_per_second", rate + gsl_ran_gaussian(f->rng, 2)));
	compare_again(f);
}

/* What is beyond the noise is still told, where the machine was quiet and where it was not. */
static void test_beyond_the_noise(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 94, REPETITIONS);
	assert_true(f->compare.noise_floor < 0.04);
	assert_in_range(count(f, COMPARED_LESS), (POINTS - 1) * 9 / 10, POINTS - 1);
	compare(f, 100, 130, REPETITIONS);
	move_ceiling(f, 107);
	assert_true(f->compare.noise_floor > 0.07 && f->compare.noise_floor < 0.18);
	assert_in_range(count(f, COMPARED_MORE), (POINTS - 1) * 9 / 10, POINTS - 1);
}

static void test_noise_of_the_ceiling(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 110, REPETITIONS);
	move_ceiling(f, 120);
	assert_true(f->compare.noise_floor > 0.15);
	assert_int_equal(count(f, COMPARED_NOISE), POINTS); /* the ceiling, too */
}

static void test_few_and_failed(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 50, 3);
	assert_int_equal(count(f, COMPARED_TOO_FEW), POINTS);
	f->a.points[3].failure = strdup("leaked");
	compare_again(f);
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

/* The first `nr` repetitions did nothing at all. */
static void stop(struct sweep_point *point, size_t nr)
{
	for (size_t r = 0; r < nr; r++)
		json_object_set_new(
		    json_array_get(point->repetitions, r), "items_per_second", json_real(0));
}

static void stop_all(struct sweep *sweep, size_t nr)
{
	for (size_t i = 1; i < POINTS; i++)
		stop(&sweep->points[i], nr);
}

static void test_what_did_nothing(void **state)
{
	struct fixture *f = *state;
	const struct comparison *c;

	compare(f, 100, 100, REPETITIONS);
	stop_all(&f->a, REPETITIONS);
	compare_again(f);
	c = &f->compare.all[1];
	assert_int_equal(count(f, COMPARED_MORE), POINTS - 1);
	assert_true(isinf(c->ratio) && isinf(c->interval.high));
	stop_all(&f->b, REPETITIONS);
	compare_again(f);
	c = &f->compare.all[1];
	assert_int_equal(count(f, COMPARED_EQUAL), POINTS);
	assert_true(isnan(c->ratio) && isnan(c->interval.low) && isnan(c->interval.high));
	/* Two medians of 0, and yet B did something in 8 of 20 repetitions. */
	compare(f, 100, 100, 20);
	stop_all(&f->a, 20);
	stop_all(&f->b, 12);
	compare_again(f);
	assert_true(isnan(f->compare.all[1].ratio));
	assert_int_equal(count(f, COMPARED_MORE), POINTS - 1);
}

/* The noise has a bound as long as the ceiling does something whichever repetitions are drawn. */
static void test_ceiling_that_did_nothing(void **state)
{
	struct fixture *f = *state;

	compare(f, 100, 200, REPETITIONS);
	assert_int_equal(count(f, COMPARED_MORE), POINTS - 1);
	stop(&f->a.points[0], REPETITIONS / 2);
	compare_again(f);
	assert_true(isinf(f->compare.noise_floor));
	assert_int_equal(count(f, COMPARED_MORE), 0);
	assert_int_equal(count(f, COMPARED_NOISE), POINTS - 1);
	stop(&f->b.points[0], REPETITIONS / 2);
	compare_again(f);
	assert_true(isinf(f->compare.noise_floor));
	assert_int_equal(count(f, COMPARED_MORE), 0);
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
	    TEST(test_beyond_the_noise),
	    TEST(test_noise_of_the_ceiling),
	    TEST(test_few_and_failed),
	    TEST(test_nothing_to_compare),
	    TEST(test_what_did_nothing),
	    TEST(test_ceiling_that_did_nothing),
	    cmocka_unit_test(test_costs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
