/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "harness/results/drift.h"

/* Two points of the ceiling, measured in turn once a second; one is ten times as fast. */
struct fixture {
	struct sweep sweep;
	struct sweep_point points[3];
	gsl_rng *rng;
};

static void make(struct fixture *f, const char *impl, size_t repetitions, double slowdown)
{
	for (size_t p = 0; p < 2; p++) {
		f->points[p] = (struct sweep_point){
		    .impl = (char *)impl, .median = p ? 1000 : 100, .repetitions = json_array()};
		for (size_t r = 0; r < repetitions; r++) {
			double at = (double)(2 * r + p);
			double rate = f->points[p].median *
			              (1 - slowdown * at / (2 * (double)repetitions)) *
			              (1 + gsl_ran_gaussian(f->rng, 0.01));

			json_array_append_new(f->points[p].repetitions,
			    json_pack("{s:f, s:f}", "at_seconds", at, "items_per_second", rate));
		}
	}
	f->sweep = (struct sweep){.points = f->points, .nr_points = 2};
}

static void drop(struct fixture *f)
{
	json_decref(f->points[0].repetitions);
	json_decref(f->points[1].repetitions);
}

static void test_drift(void **state)
{
	struct fixture f = {.rng = gsl_rng_alloc(gsl_rng_taus2)};
	struct drift drift;
	char text[128];
	json_t *json;

	(void)state;
	make(&f, "ceiling", 20, 0.2);
	assert_true(drift_find(&f.sweep, &drift));
	assert_true(drift.drifted);
	assert_int_equal(drift.nr, 40);
	assert_true(drift.ratio > 0.85 && drift.ratio < 0.95);
	drift_describe(&drift, text, sizeof(text));
	assert_int_equal(strncmp(text, "the ceiling was -", strlen("the ceiling was -")), 0);
	json = drift_json(&drift, true);
	assert_true(json_is_true(json_object_get(json, "drifted")));
	assert_true(json_number_value(json_object_get(json, "ratio")) == drift.ratio);
	assert_int_equal(json_integer_value(json_object_get(json, "measurements")), 40);
	json_decref(json);
	drop(&f);
	make(&f, "ceiling", 20, 0);
	assert_true(drift_find(&f.sweep, &drift));
	assert_false(drift.drifted);
	assert_true(drift.interval.low < 1 && drift.interval.high > 0.99);
	drop(&f);
	gsl_rng_free(f.rng);
}

/* JSON has no infinity, and a reader wants none. */
static void test_a_ceiling_that_did_nothing(void **state)
{
	struct fixture f = {.rng = gsl_rng_alloc(gsl_rng_taus2)};
	struct drift drift;
	char text[128];
	json_t *json;

	(void)state;
	make(&f, "ceiling", 20, 0);
	for (size_t p = 0; p < 2; p++) {
		for (size_t r = 0; r < 10; r++)
			json_object_set_new(json_array_get(f.points[p].repetitions, r),
			    "items_per_second", json_real(0));
	}
	assert_true(drift_find(&f.sweep, &drift));
	assert_true(drift.drifted && isinf(drift.ratio));
	drift_describe(&drift, text, sizeof(text));
	assert_non_null(strstr(text, "did nothing"));
	json = drift_json(&drift, true);
	assert_true(json_is_true(json_object_get(json, "drifted")));
	assert_true(json_is_null(json_object_get(json, "ratio")));
	assert_true(json_is_null(json_object_get(json, "high")));
	json_decref(json);
	drop(&f);
	gsl_rng_free(f.rng);
}

static void test_too_little_to_tell(void **state)
{
	struct fixture f = {.rng = gsl_rng_alloc(gsl_rng_taus2)};
	struct drift drift;
	json_t *json;

	(void)state;
	make(&f, "ceiling", 3, 0.5);
	assert_false(drift_find(&f.sweep, &drift));
	json = drift_json(&drift, false);
	assert_true(json_is_null(json_object_get(json, "drifted")));
	assert_null(json_object_get(json, "ratio"));
	json_decref(json);
	drop(&f);
	make(&f, "mutex_count", 20, 0.5);
	assert_false(drift_find(&f.sweep, &drift));
	drop(&f);
	gsl_rng_free(f.rng);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_drift),
	    cmocka_unit_test(test_a_ceiling_that_did_nothing),
	    cmocka_unit_test(test_too_little_to_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
