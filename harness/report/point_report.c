/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "harness/files/json_file.h"
#include "harness/report/classes.h"
#include "harness/report/comparison.h"
#include "harness/report/metric.h"
#include "harness/report/number.h"
#include "harness/report/parts.h"
#include "harness/report/regret.h"

/* If a run has more samples than this, they are left out: a picture could not show them. */
enum { MOST_SAMPLES = 200 };

static json_t *samples_json(const struct point_run *run)
{
	json_t *samples = json_array();

	for (size_t i = 0; i < run->nr && run->nr <= MOST_SAMPLES; i++)
		json_array_append_new(
		    samples, json_pack("[I,f]", (json_int_t)run->rounds[i], run->values[i]));
	return samples;
}

/* Returns the ratio of a run to `base`, or null if there is no such run. */
static json_t *ratio_json(
    const struct point *point, const struct point_run *run, const struct point_run *base)
{
	struct round_ratio ratio;

	if (!base)
		return json_null();
	if (run == base)
		return measure_of_constant(1, number_ratio);
	ratio = point_ratio(point, run, base);
	return measure_of_ratio(&ratio);
}

static json_t *against_baseline_json(const struct point *point, const struct point_run *run)
{
	struct comparison comparison;

	if (!point->baseline || run == point->baseline)
		return json_null();
	comparison = compare_runs(point, run, point->baseline);
	return json_pack("{s:s, s:s}", "told", comparison_word(&comparison), "text",
	    judgement_text(&comparison.judgement, "faster", "slower").s);
}

static void add_class(json_t *result, const struct report_sweep *sweep, const char *implementation)
{
	json_object_set_new(result, "class", json_string(class_of(sweep, implementation)));
	json_object_set_new(result, "class_is",
	    json_string(class_is_found(sweep, implementation) ? "found" : "declared"));
	json_object_set_new(
	    result, "contradicts", json_boolean(class_contradicts(sweep, implementation)));
}

/* Returns why the run is not ranked, or null if it is. */
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
    const struct point_run *run)
{
	json_object_set_new(
	    result, "value", measure_of_values(run->values, run->nr, point_format(point)));
	json_object_set_new(result, "to_baseline", ratio_json(point, run, point->baseline));
	json_object_set_new(result, "to_ceiling", ratio_json(point, run, point->ceiling));
	json_object_update_new(result, regret_of_result_json(sweep, point, run));
	json_object_set_new(result, "against_baseline", against_baseline_json(point, run));
	json_object_set_new(result, "compared", json_boolean(run->compared));
	json_object_set_new(result, "set_aside_percent", excluded_json(run->run, 1));
	json_object_set_new(result, "metrics", metrics_json(run->run, sweep->family));
	json_object_set_new(result, "latency", latency_percentiles_json(run->run, sweep->family));
	json_object_set_new(result, "samples", samples_json(run));
}

static json_t *result_json(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run)
{
	const char *implementation = run->run->id.implementation;
	const struct precision precision = precision_of(sweep, point, run);
	json_t *result = json_pack("{s:s, s:o, s:n, s:o}", "implementation", implementation,
	    "failure", string_or_null(run->run->failure), "rank", "why_unranked",
	    why_unranked_json(sweep, run, &precision));

	add_class(result, sweep, implementation);
	if (!isnan(run->median)) {
		add_precision(result, &precision);
		add_figures(result, sweep, point, run);
	}
	return result;
}

/* -- the point -- */

/* Numbers the results that may be ranked from 1, in the order of the results. */
static void rank_results(json_t *results)
{
	json_int_t rank = 0;
	json_t *result;
	size_t i;

	json_array_foreach (results, i, result) {
		if (json_is_null(json_object_get(result, "why_unranked")))
			json_object_set_new(result, "rank", json_integer(++rank));
	}
}

static json_t *results_json(const struct report_sweep *sweep, const struct point *point)
{
	json_t *results = json_array();

	for (size_t i = 0; i < point->nr; i++)
		json_array_append_new(results, result_json(sweep, point, &point->runs[i]));
	rank_results(results);
	return results;
}

static json_t *name_or_null(const struct point_run *run)
{
	return string_or_null(run ? run->run->id.implementation : NULL);
}

static json_t *where_json(const struct point *point)
{
	const struct run_id *p = point->where;

	return json_pack("{s:s, s:s, s:i, s:i, s:i, s:o, s:o, s:O, s:s, s:s, s:s}", "id", point->id,
	    "workload", p->workload, "threads", (int)p->threads, "devices", (int)p->devices,
	    "groups", (int)p->groups, "topology", string_or_null(p->topology), "path",
	    string_or_null(p->path), "parameters", p->parameters, "place", point_place(point).s,
	    "mix", point_mix(point).s, "conditions", point_conditions(point, true).s);
}

json_t *point_json(const struct report_sweep *sweep, const struct point *point)
{
	json_t *json = where_json(point);

	json_object_update_new(json,
	    json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "quantity",
		point->quantity->name, "quantity_words", point_quantity_words(point).s, "unit",
		point_unit(point).s, "better", point->quantity->less ? "less" : "more",
		"comparisons", (json_int_t)point->comparisons, "ceiling",
		name_or_null(point->ceiling), "baseline", name_or_null(point->baseline), "results",
		results_json(sweep, point), "told_apart", told_apart_json(point), "fastest",
		fastest_json(sweep, point)));
	return json;
}
