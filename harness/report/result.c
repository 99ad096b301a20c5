/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "harness/files/json_file.h"
#include "harness/report/classes.h"
#include "harness/report/comparison.h"
#include "harness/report/measure.h"
#include "harness/report/metric.h"
#include "harness/report/parts.h"
#include "harness/report/precision.h"

/* More samples than a picture can show are left out. */
enum { MOST_SAMPLES = 200 };

static json_t *samples_json(const struct point_run *run)
{
	json_t *samples = json_array();

	for (size_t i = 0; i < run->nr && run->nr <= MOST_SAMPLES; i++)
		json_array_append_new(
		    samples, json_pack("[I,f]", (json_int_t)run->rounds[i], run->values[i]));
	return samples;
}

/* Null without such a run, or of itself. */
static json_t *ratio_json(const struct point *point, const struct point_run *run,
    const struct point_run *base, size_t comparisons)
{
	struct round_ratio ratio;

	if (!base)
		return json_null();
	if (run == base)
		return measure_of_constant(1, number_ratio);
	ratio = point_ratio(point, run, base, comparisons);
	return measure_of_ratio(&ratio);
}

static json_t *against_baseline_json(
    const struct point *point, const struct point_run *run, size_t comparisons)
{
	struct comparison comparison;

	if (!point->baseline || run == point->baseline)
		return json_null();
	comparison = compare_runs(point, run, point->baseline, comparisons);
	return comparison_json(&comparison);
}

static void add_class(json_t *result, const struct report_sweep *sweep, const char *implementation)
{
	json_object_set_new(result, "class", json_string(class_of(sweep, implementation)));
	json_object_set_new(result, "class_is",
	    json_string(class_is_found(sweep, implementation) ? "found" : "declared"));
	json_object_set_new(
	    result, "contradicts", json_boolean(class_contradicts(sweep, implementation)));
}

/* The reason why the run has no rank; null: it has one. */
static json_t *why_unranked_json(const struct report_sweep *sweep, const struct point_run *run,
    const struct precision *precision)
{
	if (run->run->failure)
		return json_string("failed");
	if (isnan(run->median))
		return json_string("not measured");
	if (precision->state == PRECISION_MISSED &&
	    !class_why_unranked(sweep, run->run->id.implementation))
		return json_string("precision not reached");
	return string_or_null(class_why_unranked(sweep, run->run->id.implementation));
}

static void add_precision(json_t *result, const struct precision *precision)
{
	json_object_set_new(result, "precision", number_or_null(precision->half_width));
	json_object_set_new(result, "reached",
	    precision->state == PRECISION_WITHOUT_GOAL
		? json_null()
		: json_boolean(precision->state == PRECISION_REACHED));
}

static void add_figures(json_t *result, const struct report_sweep *sweep, const struct point *point,
    const struct point_run *run, size_t comparisons)
{
	json_object_set_new(
	    result, "value", measure_of_values(run->values, run->nr, point_format(point)));
	json_object_set_new(
	    result, "to_baseline", ratio_json(point, run, point->baseline, comparisons));
	json_object_set_new(
	    result, "to_ceiling", ratio_json(point, run, point->ceiling, comparisons));
	json_object_set_new(
	    result, "against_baseline", against_baseline_json(point, run, comparisons));
	json_object_set_new(result, "compared", json_boolean(comparison_counts(sweep, point, run)));
	json_object_set_new(result, "set_aside_percent", set_aside_json(run->run, 1));
	json_object_set_new(result, "metrics", metrics_json(run->run, sweep->family));
	json_object_set_new(result, "latency", latency_percentiles_json(run->run, sweep->family));
	json_object_set_new(result, "samples", samples_json(run));
}

json_t *result_json(const struct report_sweep *sweep, const struct point *point,
    const struct point_run *run, size_t comparisons)
{
	const char *implementation = run->run->id.implementation;
	const struct precision precision = precision_of(sweep, point, run);
	json_t *result = json_pack("{s:s, s:o, s:n, s:o}", "implementation", implementation,
	    "failure", string_or_null(run->run->failure), "rank", "why_unranked",
	    why_unranked_json(sweep, run, &precision));

	add_class(result, sweep, implementation);
	if (!isnan(run->median)) {
		add_precision(result, &precision);
		add_figures(result, sweep, point, run, comparisons);
	}
	return result;
}
