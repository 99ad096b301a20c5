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

/* Of B; two medians of 0 have no ratio, and the repetitions may tell all the same. */
static bool is_more(const struct comparison *c)
{
	return isnan(c->ratio) ? c->test.delta > 0 : c->ratio > 1;
}

/* p of B being no farther from A, on the side that it is on, than the noise could have moved it. */
static double test_beyond(
    const struct comparison *c, double noise, double *a, size_t nr_a, const double *b, size_t nr_b)
{
	const bool more = is_more(c);
	struct mannwhitney test;

	if (!isfinite(noise))
		return 1;
	for (size_t i = 0; i < nr_a; i++)
		a[i] *= more ? 1 + noise : 1 / (1 + noise);
	test = mannwhitney(a, nr_a, b, nr_b);
	return more == (test.delta > 0) ? test.p : 1;
}

static void measure(
    struct comparison *c, double noise, double *a, size_t nr_a, const double *b, size_t nr_b)
{
	const bool enough = nr_a >= ENOUGH_REPETITIONS && nr_b >= ENOUGH_REPETITIONS;

	c->of_a = stats_median(a, nr_a);
	c->of_b = stats_median(b, nr_b);
	c->ratio = c->of_b / c->of_a;
	c->interval = stats_ratio_interval(b, nr_b, a, nr_a, LEVEL, 1);
	c->test = mannwhitney(a, nr_a, b, nr_b);
	c->p = c->test.p;
	c->p_noise = test_beyond(c, noise, a, nr_a, b, nr_b);
	c->verdict = enough || is_same(c) ? COMPARED_EQUAL : COMPARED_TOO_FEW;
}

/* False: one of them has no such metric. */
static bool compare_pair(struct comparison *c, const char *metric, double noise)
{
	size_t nr_a, nr_b;
	double *a, *b;
	bool known;

	c->ratio = c->of_a = c->of_b = NAN;
	c->interval = no_interval;
	c->p = c->p_noise = c->test.p = 1;
	c->verdict = COMPARED_FAILED;
	if (c->a->failure || c->b->failure)
		return true;
	a = sweep_values(c->a, metric, &nr_a);
	b = sweep_values(c->b, metric, &nr_b);
	known = a && b && nr_a && nr_b;
	if (known)
		measure(c, noise, a, nr_a, b, nr_b);
	free(a);
	free(b);
	return known;
}

/* -- the noise floor -- */

static const struct sweep_point *find(const struct sweep *sweep, const char *name)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (!strcmp(sweep->points[i].name, name))
			return &sweep->points[i];
	}
	return NULL;
}

/* The ceiling's rates in both sweeps, each relative to the middle of its point's two medians. */
struct ceiling {
	double *a, *b;
	size_t nr_a, nr_b;
	double moved; /* the most that one of its points did, where that is no chance */
};

static void append(double *to, size_t *nr_to, const double *values, size_t nr, double unit)
{
	for (size_t i = 0; i < nr; i++)
		to[(*nr_to)++] = values[i] / unit;
}

/* 0.03 of a ratio 3% up or down; of 0, as of INFINITY, it is INFINITY. */
static double share_of(double ratio)
{
	return expm1(fabs(log(ratio)));
}

/* How far the ceiling's point is apart, if that is no chance. */
static double moved(const double *a, size_t nr_a, const double *b, size_t nr_b)
{
	struct interval ratio;

	if (nr_a < ENOUGH_REPETITIONS || nr_b < ENOUGH_REPETITIONS)
		return 0;
	ratio = stats_ratio_interval(b, nr_b, a, nr_a, LEVEL, 1);
	if (!(ratio.low > 1 || ratio.high < 1))
		return 0;
	return share_of(stats_median(b, nr_b) / stats_median(a, nr_a));
}

static void add_point(
    struct ceiling *ceiling, const struct sweep_point *of_a, const struct sweep_point *of_b)
{
	size_t nr_a, nr_b;
	double *a = sweep_values(of_a, "items_per_second", &nr_a);
	double *b = sweep_values(of_b, "items_per_second", &nr_b);
	double unit;

	if (a && b && (unit = sqrt(stats_median(a, nr_a) * stats_median(b, nr_b))) > 0) {
		append(ceiling->a, &ceiling->nr_a, a, nr_a, unit);
		append(ceiling->b, &ceiling->nr_b, b, nr_b, unit);
		ceiling->moved = fmax(ceiling->moved, moved(a, nr_a, b, nr_b));
	}
	free(a);
	free(b);
}

static size_t count_repetitions(const struct sweep *sweep)
{
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_points; i++)
		nr += json_array_size(sweep->points[i].repetitions);
	return nr;
}

static void ceiling_collect(struct ceiling *ceiling, const struct sweep *a, const struct sweep *b)
{
	*ceiling = (struct ceiling){.a = malloc((count_repetitions(a) + 1) * sizeof(double)),
	    .b = malloc((count_repetitions(b) + 1) * sizeof(double))};
	if (!ceiling->a || !ceiling->b)
		abort(); /* some kilobytes */
	for (size_t i = 0; i < a->nr_points; i++) {
		const struct sweep_point *point = &a->points[i], *same;

		if (!sweep_is_ceiling(point) || !(same = find(b, point->name)))
			continue;
		if (!point->failure && !same->failure)
			add_point(ceiling, point, same);
	}
}

/*
 * The ceiling is what no build changes: how far it is apart in two sweeps is what came over the
 * machine between them, and as much may have come over any point. At most so far, as its own
 * repetitions are noisy; and twice what it moved where that is no chance, as what moves the ceiling
 * may move a design more. Within one sweep the runs were interleaved at random, and what came over
 * the machine came over all.
 */
static void find_noise(struct compare *compare, const struct sweep *a, const struct sweep *b)
{
	struct ceiling ceiling;
	double floor = LEAST_NOISE;

	compare->noise_floor = floor;
	if (a == b)
		return;
	ceiling_collect(&ceiling, a, b);
	floor = fmax(floor, 2 * ceiling.moved);
	compare->without_ceiling = !ceiling.nr_a || !ceiling.nr_b;
	if (!compare->without_ceiling) {
		const struct interval ratio = stats_ratio_interval(
		    ceiling.b, ceiling.nr_b, ceiling.a, ceiling.nr_a, LEVEL, 1);

		floor = isnan(ratio.low)
		            ? INFINITY
		            : fmax(floor, fmax(share_of(ratio.low), share_of(ratio.high)));
	}
	compare->noise_floor = floor;
	free(ceiling.a);
	free(ceiling.b);
}

/* -- all of them -- */

static int by_value(const void *left, const void *right)
{
	const double *const *a = left, *const *b = right;

	return (**a > **b) - (**a < **b);
}

/* Benjamini and Hochberg 1995: of the differences that are told, 5 in 100 are none; and where there
 * are none at all, one is told in 5 of 100 sweeps. */
static void adjust(double **p, size_t nr)
{
	double least = 1;

	qsort(p, nr, sizeof(*p), by_value);
	for (size_t i = nr; i-- > 0;) {
		least = fmin(least, *p[i] * (double)nr / (double)(i + 1));
		*p[i] = least;
	}
}

/* That there is no difference, and that it is none beyond the noise. */
static void adjust_all(struct compare *compare)
{
	double **none = malloc(compare->nr * sizeof(*none));
	double **noise = malloc(compare->nr * sizeof(*noise));
	size_t nr = 0;

	if (!none || !noise)
		abort(); /* a few kilobytes */
	for (size_t i = 0; i < compare->nr; i++) {
		if (compare->all[i].verdict != COMPARED_EQUAL)
			continue;
		none[nr] = &compare->all[i].p;
		noise[nr++] = &compare->all[i].p_noise;
	}
	adjust(none, nr);
	adjust(noise, nr);
	free(none);
	free(noise);
}

static void judge(struct comparison *c)
{
	if (c->verdict != COMPARED_EQUAL || c->p >= SIGNIFICANT)
		return;
	if (c->p_noise >= SIGNIFICANT)
		c->verdict = COMPARED_NOISE;
	else
		c->verdict = is_more(c) ? COMPARED_MORE : COMPARED_LESS;
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

	*compare = (struct compare){.metric = metric};
	find_noise(compare, a, b);
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
		if (c->b && compare_pair(c, metric, compare->noise_floor))
			compare->nr++;
	}
	compare->nr_unmatched = nr_points - nr_pairs;
	compare->nr_without_metric = nr_pairs - compare->nr;
	if (!compare->nr) {
		compare_free(compare);
		return nr_pairs ? error_set(err, "no point has a metric \"%s\"", metric)
		                : error_set(err, "they have no point in common");
	}
	adjust_all(compare);
	for (size_t i = 0; i < compare->nr; i++)
		judge(&compare->all[i]);
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
