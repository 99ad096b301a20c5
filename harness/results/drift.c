/* SPDX-License-Identifier: MIT */
#include "harness/results/drift.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness/files/json_file.h"
#include "harness/stats/mannwhitney.h"

static const double SURE = 0.01;
static const double LEAST = 0.02;

enum { ENOUGH = 4 };

/* All measurements of the ceiling: when, and how fast relative to the median of its point. */
struct series {
	double *at;
	double *rate;
	size_t nr;
};

static void add_point(struct series *series, const struct sweep_point *point)
{
	json_t *entry;
	size_t i;

	json_array_foreach (point->repetitions, i, entry) {
		const json_t *at = json_object_get(entry, "at_seconds");
		const json_t *rate = json_object_get(entry, "items_per_second");

		if (!json_is_number(at) || !json_is_number(rate) || !(point->median > 0))
			continue;
		series->at[series->nr] = json_number_value(at);
		series->rate[series->nr++] = json_number_value(rate) / point->median;
	}
}

static struct series collect(const struct sweep *sweep)
{
	struct series series = {0};
	size_t most = 0;

	for (size_t i = 0; i < sweep->nr_points; i++)
		most += json_array_size(sweep->points[i].repetitions);
	series.at = calloc(most + 1, sizeof(*series.at));
	series.rate = calloc(most + 1, sizeof(*series.rate));
	if (!series.at || !series.rate)
		abort(); /* some kilobytes */
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (sweep_is_ceiling(&sweep->points[i]) && !sweep->points[i].failure)
			add_point(&series, &sweep->points[i]);
	}
	return series;
}

/* Rates of before `middle` to the front; how many they are. */
static size_t part(struct series *series, double middle)
{
	size_t nr_early = 0;

	for (size_t i = 0; i < series->nr; i++) {
		double rate = series->rate[i];

		if (series->at[i] >= middle)
			continue;
		series->rate[i] = series->rate[nr_early];
		series->at[i] = series->at[nr_early];
		series->rate[nr_early++] = rate;
	}
	return nr_early;
}

bool drift_find(const struct sweep *sweep, struct drift *drift)
{
	struct series series = collect(sweep);
	size_t nr_early = part(&series, stats_median(series.at, series.nr));
	size_t nr_late = series.nr - nr_early;
	const double *early = series.rate, *late = series.rate + nr_early;
	bool enough = nr_early >= ENOUGH && nr_late >= ENOUGH;

	*drift = (struct drift){.nr = series.nr, .ratio = NAN, .p = 1};
	if (enough) {
		drift->ratio = stats_median(late, nr_late) / stats_median(early, nr_early);
		drift->interval = stats_ratio_interval(late, nr_late, early, nr_early, 0.95, 1);
		drift->p = mannwhitney(early, nr_early, late, nr_late).p;
		drift->drifted = drift->p < SURE && fabs(log(drift->ratio)) > log1p(LEAST);
	}
	free(series.at);
	free(series.rate);
	return enough;
}

void drift_describe(const struct drift *drift, char *text, size_t size)
{
	if (!isfinite(drift->ratio) || !isfinite(drift->interval.high))
		snprintf(
		    text, size, "the ceiling did nothing in a part of the sweep, p %.2g", drift->p);
	else
		snprintf(text, size,
		    "the ceiling was %+.1f%% (%+.1f%% to %+.1f%%) in the second half of the sweep, "
		    "p %.2g",
		    100 * (drift->ratio - 1), 100 * (drift->interval.low - 1),
		    100 * (drift->interval.high - 1), drift->p);
}

json_t *drift_json(const struct drift *drift, bool told)
{
	if (!told)
		return json_pack("{s:I, s:n}", "measurements", (json_int_t)drift->nr, "drifted");
	return json_pack("{s:I, s:b, s:o, s:o, s:o, s:f}", "measurements", (json_int_t)drift->nr,
	    "drifted", drift->drifted, "ratio", number_or_null(drift->ratio), "low",
	    number_or_null(drift->interval.low), "high", number_or_null(drift->interval.high), "p",
	    drift->p);
}
