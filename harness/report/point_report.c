/* SPDX-License-Identifier: MIT */
#include "harness/files/json_file.h"
#include "harness/report/comparison.h"
#include "harness/report/parts.h"

/* From 1, in the order of the results, for those that have no reason against it. */
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

static json_t *results_json(
    const struct report_sweep *sweep, const struct point *point, size_t comparisons)
{
	json_t *results = json_array();

	for (size_t i = 0; i < point->nr; i++)
		json_array_append_new(
		    results, result_json(sweep, point, &point->runs[i], comparisons));
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

	return json_pack("{s:s, s:s, s:i, s:i, s:i, s:o, s:o, s:O, s:s, s:s}", "id", point->id,
	    "workload", p->workload, "threads", (int)p->threads, "devices", (int)p->devices,
	    "groups", (int)p->groups, "topology", string_or_null(p->topology), "path",
	    string_or_null(p->path), "parameters", p->parameters, "place", point_place(point).s,
	    "conditions", point_conditions(point, true).s);
}

json_t *point_json(const struct report_sweep *sweep, const struct point *point)
{
	const size_t comparisons = comparisons_at(sweep, point);
	json_t *json = where_json(point);

	json_object_update_new(json,
	    json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "quantity",
		point->quantity->name, "quantity_words", point_quantity_words(point).s, "unit",
		point_unit(point).s, "better", point->quantity->less ? "less" : "more",
		"comparisons", (json_int_t)comparisons, "ceiling", name_or_null(point->ceiling),
		"baseline", name_or_null(point->baseline), "results",
		results_json(sweep, point, comparisons), "told_apart",
		told_apart_json(sweep, point, comparisons), "fastest",
		fastest_json(sweep, point, comparisons)));
	return json;
}
