/* SPDX-License-Identifier: MIT */
/* Compares two sweeps, or two implementations of one sweep. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "harness/report/compare_sweeps.h"
#include "harness/report/report_sweep_load.h"

enum { ROUNDS = 16, DESIGNS = 4 };

static const char *const names[DESIGNS] = {"ceiling", "mutex_count", "packed_cas", "device_slots"};

/* Noise of the logarithms of one build's rates. */
struct noise {
	const char *what;
	double own;   /* standard deviation of a single repetition */
	bool heavy;   /* Student's t with 2 degrees of freedom instead of the normal distribution */
	double round; /* standard deviation of the noise that a round's repetitions share */
	double step;  /* speed-up of the machine in the second sweep */
	double steeper; /* factor by which the step affects designs more than the ceiling */
};

/* -- made-up sweeps -- */

static struct sweep_run *add_run(struct sweep *sweep, const char *implementation)
{
	struct sweep_run *run = &sweep->runs[sweep->nr_runs++];

	run->id = (struct run_id){.family = strdup("ownership"),
	    .workload = strdup("share"),
	    .implementation = strdup(implementation),
	    .threads = 2,
	    .devices = 8,
	    .groups = 1,
	    .path = strdup("ops"),
	    .parameters = json_object()};
	run->unit = strdup("pairs");
	run->rounds = calloc(ROUNDS, sizeof(*run->rounds));
	return run;
}

static void add_round(struct sweep *sweep, struct sweep_run *run, double rate)
{
	struct sweep_round *round = &run->rounds[run->nr_rounds];
	json_t *record = json_pack(
	    "{s:{s:f, s:f}}", "metrics", "items_per_second", rate, "probe_p50_ns", 1e9 / rate);

	json_array_append_new(sweep->records, record);
	*round = (struct sweep_round){
	    .round = (unsigned int)run->nr_rounds, .items_per_second = rate, .record = record};
	run->nr_rounds++;
}

static double draw_noise(gsl_rng *rng, const struct noise *noise)
{
	return noise->own * (noise->heavy ? gsl_ran_tdist(rng, 2) : gsl_ran_gaussian(rng, 1));
}

/* `rate` is the rate of all designs except the ceiling. */
static struct report_sweep make_sweep(
    gsl_rng *rng, const struct noise *noise, double rate, bool second, size_t rounds)
{
	struct report_sweep made = {
	    .dir = strdup("made up"), .family = family_text_find("ownership")};
	struct sweep *sweep = &made.sweep;

	sweep->records = json_array();
	sweep->runs = calloc(DESIGNS, sizeof(*sweep->runs));
	for (size_t i = 0; i < DESIGNS; i++)
		add_run(sweep, names[i]);
	for (size_t r = 0; r < rounds; r++) {
		const double shared = gsl_ran_gaussian(rng, noise->round);

		for (size_t i = 0; i < DESIGNS; i++) {
			const double step = second ? noise->step * (i ? noise->steeper : 1) : 0;

			add_round(sweep, &sweep->runs[i],
			    (i ? rate : 100) * exp(shared + step + draw_noise(rng, noise)));
		}
	}
	made.points = points_of(sweep, "mutex_count");
	return made;
}

struct fixture {
	gsl_rng *rng;
	struct report_sweep a, b;
	struct compared_sweeps compared;
	struct error err;
};

static void free_sweeps(struct fixture *f)
{
	compared_sweeps_free(&f->compared);
	report_sweep_free(&f->a);
	report_sweep_free(&f->b);
	f->a = f->b = (struct report_sweep){0};
}

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

	free_sweeps(f);
	gsl_rng_free(f->rng);
	free(f);
	return 0;
}

static const struct noise quiet = {.own = 0.02, .round = 0.1, .steeper = 1};
static const struct compare_request two_sweeps = {0};
static const struct compare_request two_implementations = {
    .implementation_a = "mutex_count", .implementation_b = "device_slots"};

static void make_sweeps(
    struct fixture *f, const struct noise *noise, double rate_a, double rate_b, size_t rounds)
{
	free_sweeps(f);
	f->a = make_sweep(f->rng, noise, rate_a, false, rounds);
	f->b = make_sweep(f->rng, noise, rate_b, true, rounds);
}

static void compare_with(
    struct fixture *f, const struct report_sweep *b, const struct compare_request *request)
{
	compared_sweeps_free(&f->compared);
	if (compare_sweeps(&f->compared, &f->a, b, request, &f->err))
		fail_msg("%s", f->err.text);
}

static size_t count_pairs(const struct fixture *f, enum difference difference)
{
	size_t nr = 0;

	for (size_t i = 0; i < f->compared.nr; i++)
		nr += f->compared.pairs[i].comparison.judgement.difference == difference;
	return nr;
}

/* -- comparisons -- */

static void test_slower_and_faster(void **state)
{
	struct fixture *f = *state;

	make_sweeps(f, &quiet, 100, 50, ROUNDS);
	compare_with(f, &f->b, &two_sweeps);
	assert_int_equal(f->compared.nr, DESIGNS);
	assert_int_equal(count_pairs(f, DIFFERENCE_LESS), DESIGNS - 1);
	for (size_t i = 0; i < f->compared.nr; i++) {
		const struct compared_pair *pair = &f->compared.pairs[i];
		const struct interval interval = pair->comparison.ratio.interval;

		if (!pair->by_ceiling)
			continue;
		assert_true(interval.low < 0.5 && interval.high > 0.5);
		assert_true(compared_slowdown(pair) > 0.4);
	}
	make_sweeps(f, &quiet, 50, 100, ROUNDS);
	compare_with(f, &f->b, &two_sweeps);
	assert_int_equal(count_pairs(f, DIFFERENCE_MORE), DESIGNS - 1);
	assert_true(compared_slowdown(&f->compared.pairs[0]) == 0);
}

/* If a metric is a time, less is an improvement. */
static void test_times(void **state)
{
	struct fixture *f = *state;
	const struct compare_request request = {.metric = "probe_p50_ns"};

	make_sweeps(f, &quiet, 100, 50, ROUNDS);
	compare_with(f, &f->b, &request);
	assert_int_equal(count_pairs(f, DIFFERENCE_LESS), DESIGNS - 1);
}

static void test_a_sweep_and_itself(void **state)
{
	struct fixture *f = *state;

	make_sweeps(f, &quiet, 100, 100, ROUNDS);
	compare_with(f, &f->a, &two_sweeps);
	assert_int_equal(count_pairs(f, DIFFERENCE_EQUAL), DESIGNS);
	for (size_t i = 0; i < f->compared.nr; i++)
		assert_true(f->compared.pairs[i].comparison.ratio.value == 1);
}

/* The report of a sweep and a comparison within that sweep use the same function, so they agree. */
static void test_implementations_of_one_sweep(void **state)
{
	struct fixture *f = *state;
	const struct comparison *compared;
	const struct point *point;
	struct comparison reported;

	make_sweeps(f, &quiet, 100, 100, ROUNDS);
	for (size_t r = 0; r < ROUNDS; r++)
		json_real_set(
		    json_object_get(
			json_object_get((json_t *)f->a.sweep.runs[3].rounds[r].record, "metrics"),
			"items_per_second"),
		    1000 + (double)r);
	report_sweep_find_points(&f->a);
	compare_with(f, &f->a, &two_implementations);
	assert_int_equal(f->compared.nr, 1);
	assert_int_equal(count_pairs(f, DIFFERENCE_MORE), 1);
	assert_true(f->compared.pairs[0].noise_floor == 0);
	point = &f->a.points.list[0];
	reported = compare_runs(
	    point, point_find(point, "device_slots"), point_find(point, "mutex_count"));
	compared = &f->compared.pairs[0].comparison;
	assert_memory_equal(&compared->ratio, &reported.ratio, sizeof(reported.ratio));
	assert_int_equal(compared->judgement.difference, reported.judgement.difference);
	assert_true(compared->judgement.matters == reported.judgement.matters);
}

static void test_few_and_failed(void **state)
{
	struct fixture *f = *state;

	make_sweeps(f, &quiet, 100, 50, 3);
	compare_with(f, &f->b, &two_sweeps);
	assert_int_equal(count_pairs(f, DIFFERENCE_TOO_FEW), DESIGNS);
	make_sweeps(f, &quiet, 100, 50, ROUNDS);
	f->b.sweep.runs[1].failure = strdup("leaked");
	compare_with(f, &f->b, &two_sweeps);
	for (size_t i = 0; i < f->compared.nr; i++) {
		const struct compared_pair *pair = &f->compared.pairs[i];

		assert_int_equal(
		    pair->failure != NULL, !strcmp(pair->a->id.implementation, "mutex_count"));
	}
}

static void test_nothing_to_compare(void **state)
{
	struct fixture *f = *state;
	const struct compare_request wings = {.metric = "wings"};
	const struct compare_request nobody = {
	    .implementation_a = "mutex_count", .implementation_b = "nobody"};

	make_sweeps(f, &quiet, 100, 100, ROUNDS);
	assert_int_equal(compare_sweeps(&f->compared, &f->a, &f->b, &wings, &f->err), -1);
	assert_string_equal(f->err.text, "no run has a metric \"wings\"");
	assert_int_equal(compare_sweeps(&f->compared, &f->a, &f->a, &nobody, &f->err), -1);
	assert_string_equal(
	    f->err.text, "mutex_count and nobody were not measured at the same point");
}

/* If the ceiling failed in one sweep, rates are compared without the ceiling, and this is
 * reported. */
static void test_without_the_ceiling(void **state)
{
	struct fixture *f = *state;

	make_sweeps(f, &quiet, 100, 100, ROUNDS);
	f->b.sweep.runs[0].failure = strdup("leaked");
	compare_with(f, &f->b, &two_sweeps);
	for (size_t i = 0; i < f->compared.nr; i++)
		assert_true(f->compared.pairs[i].failure || f->compared.pairs[i].lacks_ceiling);
}

/* -- sweeps of one build: no difference must be reported -- */

static bool any_pair_differs(const struct fixture *f)
{
	bool differs = false;

	for (size_t i = 0; i < f->compared.nr; i++) {
		const struct compared_pair *pair = &f->compared.pairs[i];
		const enum difference found = pair->comparison.judgement.difference;

		if (strcmp(pair->a->id.implementation, "ceiling") != 0)
			differs |= found == DIFFERENCE_MORE || found == DIFFERENCE_LESS;
	}
	return differs;
}

/* At most 5 of 100 equal pairs may be reported as different, whatever the noise. */
static void test_false_positives(void **state)
{
	enum { PAIRS = 100 };
	static const struct noise noises[] = {
	    {"normal", .own = 0.02, .steeper = 1},
	    {"heavy tails", .own = 0.02, .heavy = true, .steeper = 1},
	    {"rounds differ", .own = 0.02, .round = 0.2, .steeper = 1},
	    {"step", .own = 0.01, .round = 0.1, .step = 0.1, .steeper = 1},
	    {"step, designs steeper", .own = 0.01, .round = 0.05, .step = 0.1, .steeper = 1.5},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(noises) / sizeof(noises[0]); i++) {
		unsigned int differing[2] = {0};

		for (unsigned int j = 0; j < PAIRS; j++) {
			make_sweeps(f, &noises[i], 50, 50, ROUNDS);
			compare_with(f, &f->b, &two_sweeps);
			differing[0] += any_pair_differs(f);
			compare_with(f, &f->a, &two_implementations);
			differing[1] += any_pair_differs(f);
		}
		if (differing[0] > PAIRS * 5 / 100 || differing[1] > PAIRS * 5 / 100)
			fail_msg("%s: of %d, told apart %u pairs of sweeps, %u of designs",
			    noises[i].what, PAIRS, differing[0], differing[1]);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_slower_and_faster),
	    TEST(test_times),
	    TEST(test_a_sweep_and_itself),
	    TEST(test_implementations_of_one_sweep),
	    TEST(test_few_and_failed),
	    TEST(test_nothing_to_compare),
	    TEST(test_without_the_ceiling),
	    TEST(test_false_positives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
