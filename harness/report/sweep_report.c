/* SPDX-License-Identifier: MIT */
#include "harness/files/json_file.h"
#include "harness/report/classes.h"
#include "harness/report/parts.h"

static json_t *points_json(const struct report_sweep *sweep)
{
	json_t *points = json_array();

	for (size_t i = 0; i < sweep->points.nr; i++)
		json_array_append_new(points, point_json(sweep, &sweep->points.list[i]));
	return points;
}

static void add_side_files(json_t *json, const struct report_sweep *sweep)
{
	json_object_set_new(json, "classes", classes_json(sweep));
	json_object_set_new(json, "classes_evidence", classes_evidence_json(sweep));
	member_set(json, "verify", sweep->verify);
	json_object_set_new(json, "claims", claims_json(sweep->claims));
	json_object_set_new(json, "claim_counts", claim_counts_json(sweep->claims));
	member_set(json, "cost", sweep->cost);
}

json_t *sweep_json(const struct report_sweep *sweep, struct error *err)
{
	struct error why;
	json_t *charts = charts_json(sweep, &why);
	json_t *json;

	if (!charts) {
		error_set(err, "%s: runs.jsonl: %s", sweep->dir, why.text);
		return NULL;
	}
	json = json_pack("{s:s, s:s?, s:i, s:s, s:s?}", "dir", sweep->dir, "label", sweep->label,
	    "machine", (int)sweep->machine, "family", sweep->family->name, "command",
	    sweep->command);
	member_set(json, "settings", sweep->sweep.settings);
	member_set(json, "build", json_object_get(sweep->sweep.environment, "build"));
	add_side_files(json, sweep);
	add_conduct(json, sweep);
	json_object_set_new(json, "headline", headline_json(sweep));
	json_object_set_new(json, "points", points_json(sweep));
	json_object_set_new(json, "charts", charts);
	json_object_set_new(json, "scaling", scaling_json(sweep));
	json_object_set_new(json, "storms", storms_json(sweep));
	return json;
}
