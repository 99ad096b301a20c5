/* SPDX-License-Identifier: MIT */
#include "harness/report/metric.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/report/number.h"

/* The unit of a metric, by the suffix of its name. The first match counts. The last entry matches
 * every name. */
static const struct {
	const char *ending;
	number_format *format;
	double scale;
} units[] = {
    {"_ns", number_time, 1},
    {"_us", number_time, 1e3},
    {"_seconds", number_time, 1e9},
    {"_percent", number_percent, 1},
    {"_per_second", number_si, 1},
    {"held_bytes", number_bytes, 1},
    {"held_bytes_max", number_bytes, 1},
    {"", number_plain, 1},
};

static bool ends_with(const char *text, const char *ending)
{
	const size_t len = strlen(text), end = strlen(ending);

	return len >= end && !strcmp(text + len - end, ending);
}

static size_t unit_of(const char *metric)
{
	size_t i = 0;

	while (!ends_with(metric, units[i].ending))
		i++;
	return i;
}

number_format *metric_format(const char *metric)
{
	return units[unit_of(metric)].format;
}

double metric_scale(const char *metric)
{
	return units[unit_of(metric)].scale;
}

bool metric_is_time(const char *metric)
{
	return metric_format(metric) == number_time;
}

bool metric_is_cost(const char *metric)
{
	return metric_is_time(metric) || ends_with(metric, "_per_op");
}

/* -- selection -- */

/* Metrics that describe the measurement rather than the design, and the rate, which has a column of
 * its own. */
static const char *const left_out[] = {
    "at_seconds", "items_per_second", "overlap", "start_skew_us", "window_seconds", NULL};

static const struct {
	double percent;
	const char *ending;
} percentiles[] = {
    {50, "_p50_ns"}, {90, "_p90_ns"}, {99, "_p99_ns"}, {99.9, "_p999_ns"}, {100, "_max_ns"}};

enum { NR_PERCENTILES = sizeof(percentiles) / sizeof(percentiles[0]) };

static bool is_percentile(const char *metric)
{
	for (size_t i = 0; i < NR_PERCENTILES; i++) {
		if (ends_with(metric, percentiles[i].ending))
			return true;
	}
	return false;
}

static bool is_column(const struct family_text *family, const char *metric)
{
	for (const struct family_column *column = family->columns; column->metric; column++) {
		if (!strcmp(column->metric, metric))
			return true;
	}
	return false;
}

static bool is_shown(const struct family_text *family, const char *metric)
{
	for (const char *const *name = left_out; *name; name++) {
		if (!strcmp(*name, metric))
			return false;
	}
	return !is_percentile(metric) || is_column(family, metric);
}

/* -- metrics as JSON -- */

/* Returns one metric of each round, in the unit of its format. The caller frees the values. */
static double *scaled_values(const struct sweep_run *run, const char *metric, size_t *nr)
{
	double *values = sweep_run_values(run, metric, NULL, nr);

	for (size_t i = 0; i < *nr; i++)
		values[i] *= metric_scale(metric);
	return values;
}

static bool any_is_set(const double *values, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (values[i] != 0)
			return true;
	}
	return false;
}

static json_t *short_measure(const double *values, size_t nr, number_format *format)
{
	const struct interval interval = median_interval(values, nr, MEASURE_LEVEL);
	const double median = stats_median(values, nr);

	return json_pack("{s:f, s:o, s:o, s:s}", "value", median, "low",
	    number_or_null(interval.low), "high", number_or_null(interval.high), "text",
	    format(median).s);
}

static void add_metric(json_t *metrics, const struct sweep_run *run, const char *name)
{
	size_t nr;
	double *values = scaled_values(run, name, &nr);

	if (any_is_set(values, nr))
		json_object_set_new(metrics, name, short_measure(values, nr, metric_format(name)));
	free(values);
}

/* Adds the percentage of attempts that were refused. */
static void add_refused_percent(json_t *metrics, const struct sweep_run *run, const char *name,
    const char *refused_metric, const char *granted_metric)
{
	size_t nr, nr_granted;
	double *refused = sweep_run_values(run, refused_metric, NULL, &nr);
	double *granted = sweep_run_values(run, granted_metric, NULL, &nr_granted);

	if (nr == nr_granted && any_is_set(refused, nr)) {
		for (size_t i = 0; i < nr; i++)
			refused[i] =
			    refused[i] > 0 ? 100 * refused[i] / (refused[i] + granted[i]) : 0;
		json_object_set_new(metrics, name, short_measure(refused, nr, number_percent));
	}
	free(granted);
	free(refused);
}

static void add_refused_percents(json_t *metrics, const struct sweep_run *run)
{
	/* In the workload "busy", the items are the refusals themselves. */
	if (strcmp(run->id.workload, "busy") != 0)
		add_refused_percent(
		    metrics, run, "refused_percent", "refused_per_second", "items_per_second");
	add_refused_percent(metrics, run, "claims_refused_percent", "claims_refused_per_second",
	    "claims_per_second");
}

static const json_t *first_metrics(const struct sweep_run *run)
{
	return run->nr_rounds ? json_object_get(run->rounds[0].record, "metrics") : NULL;
}

json_t *metrics_json(const struct sweep_run *run, const struct family_text *family)
{
	json_t *metrics = json_object();
	const char *name;
	json_t *value;

	/* The cast is needed because json_object_foreach() takes no const pointer. */
	json_object_foreach ((json_t *)first_metrics(run), name, value) {
		if (is_shown(family, name))
			add_metric(metrics, run, name);
	}
	add_refused_percents(metrics, run);
	return metrics;
}

static json_t *percentiles_json(const struct sweep_run *run, const char *operation)
{
	json_t *list = json_array();

	for (size_t i = 0; i < NR_PERCENTILES; i++) {
		char name[64];
		size_t nr;
		double *values, median;

		snprintf(name, sizeof(name), "%s%s", operation, percentiles[i].ending);
		values = scaled_values(run, name, &nr);
		median = stats_median(values, nr);
		if (nr)
			json_array_append_new(list, json_pack("[f,f,s]", percentiles[i].percent,
							median, number_time(median).s));
		free(values);
	}
	return list;
}

json_t *latency_percentiles_json(const struct sweep_run *run, const struct family_text *family)
{
	json_t *latencies = json_object();

	for (const char *const *operation = family->operations; *operation; operation++) {
		json_t *list = percentiles_json(run, *operation);

		if (json_array_size(list))
			json_object_set(latencies, *operation, list);
		json_decref(list);
	}
	return latencies;
}
