/* SPDX-License-Identifier: MIT */
#include "harness/report/drift.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"

static const double LEAST = 0.02;

/* As the level of 5 comparisons is 99%. */
enum { ENOUGH = 4, COMPARISONS = 5 };

/* The measurements of the ceiling: when, and how fast relative to the median of its point. */
struct series {
	double *at;
	double *rate;
	size_t nr;
};

static bool is_measured_ceiling(const struct sweep_run *run)
{
	return !strcmp(run->id.implementation, "ceiling") && !run->failure;
}

static double median_rate(const struct sweep_run *run)
{
	size_t nr;
	double *values = sweep_run_values(run, "items_per_second", NULL, &nr);
	const double median = stats_median(values, nr);

	free(values);
	return median;
}

static void add_run(struct series *series, const struct sweep_run *run)
{
	const double median = median_rate(run);

	for (size_t i = 0; i < run->nr_rounds && median > 0; i++) {
		series->at[series->nr] = run->rounds[i].at_seconds;
		series->rate[series->nr++] = run->rounds[i].items_per_second / median;
	}
}

static struct series collect(const struct sweep *sweep)
{
	struct series series = {0};
	size_t most = 0;

	for (size_t i = 0; i < sweep->nr_runs; i++)
		most += sweep->runs[i].nr_rounds;
	series.at = allocate(most + 1, sizeof(*series.at));
	series.rate = allocate(most + 1, sizeof(*series.rate));
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		if (is_measured_ceiling(&sweep->runs[i]))
			add_run(&series, &sweep->runs[i]);
	}
	return series;
}

/* Moves the rates before `middle` to the front. Returns their number. */
static size_t partition(struct series *series, double middle)
{
	size_t nr_early = 0;

	for (size_t i = 0; i < series->nr; i++) {
		const double rate = series->rate[i];

		if (series->at[i] >= middle)
			continue;
		series->rate[i] = series->rate[nr_early];
		series->at[i] = series->at[nr_early];
		series->rate[nr_early++] = rate;
	}
	return nr_early;
}

static bool excludes_1(struct interval interval)
{
	return interval.low > 1 || interval.high < 1;
}

struct drift drift_of(const struct sweep *sweep)
{
	struct series series = collect(sweep);
	const size_t nr_early = partition(&series, stats_median(series.at, series.nr));
	const size_t nr_late = series.nr - nr_early;
	struct drift drift = {.nr = series.nr, .known = nr_early >= ENOUGH && nr_late >= ENOUGH};

	if (drift.known) {
		drift.ratio = ratio_of_sweeps(
		    series.rate, nr_early, series.rate + nr_early, nr_late, COMPARISONS, 0);
		drift.drifted = excludes_1(drift.ratio.simultaneous) &&
		                fabs(log(drift.ratio.value)) > log1p(LEAST);
	}
	free(series.at);
	free(series.rate);
	return drift;
}

struct text drift_words(const struct drift *drift)
{
	const struct interval interval = drift->ratio.interval;
	struct text text;

	if (!isfinite(drift->ratio.value) || !isfinite(interval.high))
		return (struct text){"the ceiling did nothing in a part of the sweep"};
	snprintf(text.s, sizeof(text.s),
	    "the ceiling was %+.1f%% (%+.1f%% to %+.1f%%) in the second half of the sweep",
	    100 * (drift->ratio.value - 1), 100 * (interval.low - 1), 100 * (interval.high - 1));
	return text;
}

json_t *drift_json(const struct drift *drift)
{
	const struct round_ratio *ratio = &drift->ratio;
	const double unknown = drift->known ? 0 : NAN;

	return json_pack("{s:I, s:o, s:o, s:o, s:o}", "measurements", (json_int_t)drift->nr,
	    "drifted", drift->known ? json_boolean(drift->drifted) : json_null(), "ratio",
	    number_or_null(ratio->value + unknown), "low",
	    number_or_null(ratio->interval.low + unknown), "high",
	    number_or_null(ratio->interval.high + unknown));
}
