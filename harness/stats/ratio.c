/* SPDX-License-Identifier: MIT */
#include "harness/stats/ratio.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sort.h>

#include "harness/memory.h"
#include "harness/stats/mannwhitney.h"

/* A sweep that stops as soon as its interval is narrow enough tends to stop when the interval
 * misses the true value. With this nominal level, the coverage is still 95%, as
 * tests/unit/coverage.c shows by simulation. */
static const double RATIO_LEVEL = 0.965;

double simultaneous_level(size_t comparisons)
{
	return 1 - 0.05 / (double)(comparisons ? comparisons : 1);
}

static double ratio_of(double a, double b)
{
	return a == b ? 1 : a / b;
}

/* Returns the median. If nr is even, it is the geometric mean of the middle two, so that the median
 * of A/B is exactly the inverse of the median of B/A. Sorts the ratios. */
static double middle_ratio(double *ratios, size_t nr)
{
	gsl_sort(ratios, 1, nr);
	if (nr % 2 || ratios[nr / 2 - 1] == ratios[nr / 2])
		return ratios[nr / 2];
	return sqrt(ratios[nr / 2 - 1]) * sqrt(ratios[nr / 2]);
}

/* Fills `ratios` with the ratios of the rounds that have both values. Returns their number. */
static size_t pair_rounds(
    const struct round_values *a, const struct round_values *b, double *ratios)
{
	size_t nr = 0;

	for (size_t i = 0, j = 0; i < a->nr && j < b->nr;) {
		if (a->rounds[i] < b->rounds[j])
			i++;
		else if (a->rounds[i] > b->rounds[j])
			j++;
		else
			ratios[nr++] = ratio_of(a->values[i++], b->values[j++]);
	}
	return nr;
}

/* Returns the median of the ratios with its intervals. Sorts the ratios. */
static struct round_ratio ratio_from(double *ratios, size_t nr, size_t comparisons)
{
	return (struct round_ratio){
	    .value = nr ? middle_ratio(ratios, nr) : NAN,
	    .interval = median_interval(ratios, nr, RATIO_LEVEL),
	    .simultaneous = median_interval(ratios, nr, simultaneous_level(comparisons)),
	    .rounds = nr,
	    .comparisons = comparisons,
	};
}

struct round_ratio ratio_of_rounds(
    const struct round_values *a, const struct round_values *b, size_t comparisons)
{
	double *ratios = allocate(a->nr, sizeof(*ratios));
	const struct round_ratio ratio = ratio_from(ratios, pair_rounds(a, b, ratios), comparisons);

	free(ratios);
	return ratio;
}

struct round_ratio ratio_of_turns(const double *a, const double *b, size_t nr)
{
	double *ratios = allocate(nr, sizeof(*ratios));
	struct round_ratio ratio;

	for (size_t i = 0; i < nr; i++)
		ratios[i] = ratio_of(a[i], b[i]);
	ratio = ratio_from(ratios, nr, 1);
	free(ratios);
	return ratio;
}

/* Returns the interval from the k-th smallest to the k-th largest ratio of all pairs, widened by
 * `floor` on both sides. */
static struct interval pairs_interval(
    const double *sorted, size_t nr_a, size_t nr_b, double level, double floor)
{
	double coverage;
	const size_t k = mannwhitney_rank(nr_a, nr_b, level, &coverage);

	if (!k)
		return no_interval;
	return (struct interval){
	    sorted[k - 1] / (1 + floor), sorted[nr_a * nr_b - k] * (1 + floor), coverage};
}

struct round_ratio ratio_of_sweeps(
    const double *a, size_t nr_a, const double *b, size_t nr_b, size_t comparisons, double floor)
{
	const size_t nr = nr_a * nr_b;
	double *ratios = allocate(nr, sizeof(*ratios));
	struct round_ratio ratio = {.value = NAN,
	    .interval = no_interval,
	    .simultaneous = no_interval,
	    .rounds = nr_a < nr_b ? nr_a : nr_b,
	    .comparisons = comparisons};

	for (size_t i = 0; i < nr; i++)
		ratios[i] = ratio_of(b[i % nr_b], a[i / nr_b]);
	if (nr) {
		ratio.value = middle_ratio(ratios, nr);
		ratio.interval = pairs_interval(ratios, nr_a, nr_b, RATIO_LEVEL, floor);
		ratio.simultaneous =
		    pairs_interval(ratios, nr_a, nr_b, simultaneous_level(comparisons), floor);
	}
	free(ratios);
	return ratio;
}

/* -- stopping rule for sweeps that run until a precision is reached -- */

/* With fewer rounds, the interval extends from the smallest to the largest ratio. */
enum { FIRST_LOOK = 10 };

/* Stops are only possible after rounds at which the interval's rank grows, so that the interval
 * excludes one more sample at each end. At these rounds the coverage is closest to the level, and
 * the interval is the narrowest for its number of rounds. */
size_t stats_next_look(size_t rounds)
{
	size_t look = FIRST_LOOK;

	while (look <= rounds) {
		look = look * 11 / 10 + 1;
		while (median_interval_rank(look, RATIO_LEVEL) ==
		       median_interval_rank(look - 1, RATIO_LEVEL))
			look++;
	}
	return look;
}

double ratio_precision(const struct round_ratio *ratio)
{
	if (!interval_is_known(ratio->interval) || !(ratio->value > 0))
		return INFINITY;
	return fmax(
	    ratio->interval.high / ratio->value - 1, 1 - ratio->interval.low / ratio->value);
}

bool precision_reached(const struct round_ratio *ratio, double precision)
{
	return interval_is_known(ratio->simultaneous) && ratio_precision(ratio) <= precision;
}
