/* SPDX-License-Identifier: MIT */
#include "harness/results/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LEVEL = 0.95;
static const double SIGNIFICANT = 0.05;

/* With three repetitions of each even two that are quite apart have a p of 0.1. */
enum { ENOUGH_REPETITIONS = 4 };

/* Two quiet sweeps of one build differ by this much for reasons that no repetition shows: where the
 * pages lie, and the code. */
static const double LEAST_NOISE = 0.01;

bool metric_is_cost(const char *metric)
{
	const char *const endings[] = {"_ns", "_us", "_per_op", "_time"};
	const size_t len = strlen(metric);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const size_t end = strlen(endings[i]);

		if (len > end && !strcmp(metric + len - end, endings[i]))
			return true;
	}
	return false;
}

/* -- one pair -- */

/* The very same measurements, to the last digit, and no others that came out alike: one sweep, or a
 * copy of it. */
static bool is_same(const struct comparison *c)
{
	return c->a == c->b || json_equal(c->a->repetitions, c->b->repetitions);
}

static void measure(
    struct comparison *c, const double *a, size_t nr_a, const double *b, size_t nr_b)
{
	const bool enough = nr_a >= ENOUGH_REPETITIONS && nr_b >= ENOUGH_REPETITIONS;

	c->of_a = stats_median(a, nr_a);
	c->of_b = stats_median(b, nr_b);
	c->ratio = c->of_b / c->of_a;
	c->interval = stats_ratio_interval(b, nr_b, a, nr_a, LEVEL, 1);
	c->test = mannwhitney(a, nr_a, b, nr_b);
	c->p = c->test.p;
	c->verdict = enough || is_same(c) ? COMPARED_EQUAL : COMPARED_TOO_FEW;
}

/* False: one of them has no such metric. */
static bool compare_pair(struct comparison *c, const char *metric)
{
	size_t nr_a, nr_b;
	double *a, *b;
	bool known;

	c->ratio = c->of_a = c->of_b = NAN;
	c->interval = (struct interval){NAN, NAN};
	c->p = c->test.p = 1;
	c->verdict = COMPARED_FAILED;
	if (c->a->failure || c->b->failure)
		return true;
	a = sweep_values(c->a, metric, &nr_a);
	b = sweep_values(c->b, metric, &nr_b);
	known = a && b && nr_a && nr_b;
	if (known)
		measure(c, a, nr_a, b, nr_b);
	free(a);
	free(b);
	return known;
}

/* -- all of them -- */

static int by_p(const void *left, const void *right)
{
	const struct comparison *const *a = left, *const *b = right;

	return ((*a)->test.p > (*b)->test.p) - ((*a)->test.p < (*b)->test.p);
}

/* Benjamini and Hochberg 1995: of the differences that are told, 5 in 100 are none; and where there
 * are none at all, one is told in 5 of 100 sweeps. */
static void adjust(struct compare *compare)
{
	struct comparison **sorted = malloc(compare->nr * sizeof(struct comparison *));
	size_t nr = 0;
	double least = 1;

	if (!sorted)
		abort(); /* a few kilobytes */
	for (size_t i = 0; i < compare->nr; i++) {
		if (compare->all[i].verdict == COMPARED_EQUAL)
			sorted[nr++] = &compare->all[i];
	}
	qsort(sorted, nr, sizeof(struct comparison *), by_p);
	for (size_t i = nr; i-- > 0;) {
		least = fmin(least, sorted[i]->test.p * (double)nr / (double)(i + 1));
		sorted[i]->p = least;
	}
	free(sorted);
}

static bool is_ceiling(const struct sweep_point *point)
{
	return !strcmp(point->impl, "ceiling");
}

static const struct sweep_point *find(const struct sweep *sweep, const char *name)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (!strcmp(sweep->points[i].name, name))
			return &sweep->points[i];
	}
	return NULL;
}

/* How far the ceiling, which no build changes, is apart at one point of the two sweeps: what came
 * over the machine between them. 0 within one sweep, whose runs were interleaved; NAN where it
 * cannot be told. */
static double ceiling_noise(const struct sweep_point *ceiling, const struct sweep *other)
{
	const struct sweep_point *same = find(other, ceiling->name);
	struct comparison c = {.a = ceiling, .b = same};

	if (!same || !compare_pair(&c, "items_per_second") || !(c.ratio > 0))
		return NAN;
	return expm1(fabs(log(c.ratio)));
}

/* The median over the ceiling's points. */
static double noise_floor(const struct sweep *a, const struct sweep *b)
{
	double *noise = malloc((a->nr_points + 1) * sizeof(*noise));
	double median;
	size_t nr = 0;

	if (!noise)
		abort(); /* a few kilobytes */
	for (size_t i = 0; i < a->nr_points; i++) {
		double found = is_ceiling(&a->points[i]) ? ceiling_noise(&a->points[i], b) : NAN;

		if (!isnan(found))
			noise[nr++] = found;
	}
	median = stats_median(noise, nr);
	free(noise);
	return fmax(LEAST_NOISE, isnan(median) ? 0 : median);
}

static void judge(const struct compare *compare, struct comparison *c)
{
	if (c->verdict != COMPARED_EQUAL || c->p >= SIGNIFICANT)
		return;
	if (!(fabs(log(c->ratio)) > log1p(compare->noise_floor))) /* nor of 0 by 0 */
		c->verdict = COMPARED_NOISE;
	else
		c->verdict = c->ratio > 1 ? COMPARED_MORE : COMPARED_LESS;
}

static const struct sweep_point *partner(
    const struct sweep_point *point, const struct sweep *sweep, compare_match *match, void *arg)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (match(point, &sweep->points[i], arg))
			return &sweep->points[i];
	}
	return NULL;
}

int compare_sweeps(struct compare *compare, const struct sweep *a, const struct sweep *b,
    const char *metric, compare_pick *pick, compare_match *match, void *arg, struct error *err)
{
	size_t nr_pairs = 0, nr_points = 0;

	*compare = (struct compare){.metric = metric, .noise_floor = noise_floor(a, b)};
	compare->all = calloc(a->nr_points + 1, sizeof(*compare->all));
	if (!compare->all)
		return error_set(err, "not enough memory to compare %zu points", a->nr_points);
	for (size_t i = 0; i < a->nr_points; i++) {
		struct comparison *c = &compare->all[compare->nr];

		if (pick && !pick(&a->points[i], arg))
			continue;
		*c = (struct comparison){.a = &a->points[i]};
		c->b = partner(c->a, b, match, arg);
		nr_points++;
		nr_pairs += c->b != NULL;
		if (c->b && compare_pair(c, metric))
			compare->nr++;
	}
	compare->nr_unmatched = nr_points - nr_pairs;
	compare->nr_without_metric = nr_pairs - compare->nr;
	if (!compare->nr) {
		compare_free(compare);
		return nr_pairs ? error_set(err, "no point has a metric \"%s\"", metric)
		                : error_set(err, "they have no point in common");
	}
	adjust(compare);
	for (size_t i = 0; i < compare->nr; i++)
		judge(compare, &compare->all[i]);
	return 0;
}

void compare_free(struct compare *compare)
{
	free(compare->all);
	*compare = (struct compare){0};
}

double comparison_slowdown(const struct compare *compare, const struct comparison *comparison)
{
	if (metric_is_cost(compare->metric))
		return comparison->verdict == COMPARED_MORE ? comparison->interval.low - 1 : 0;
	return comparison->verdict == COMPARED_LESS ? 1 - comparison->interval.high : 0;
}
