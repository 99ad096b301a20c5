/* SPDX-License-Identifier: MIT */
#include "harness/report/sweep_report.h"

#include <math.h>

#include "harness/files/json_file.h"
#include "harness/report/charts.h"
#include "harness/report/claims.h"
#include "harness/report/classes.h"
#include "harness/report/drift.h"
#include "harness/report/headline.h"
#include "harness/report/measure.h"
#include "harness/report/members.h"
#include "harness/report/point_report.h"
#include "harness/report/precision.h"
#include "harness/report/scaling.h"
#include "harness/report/slices.h"
#include "harness/report/storms.h"
#include "harness/report/sweep_warnings.h"

static json_t *points_json(const struct report_sweep *sweep)
{
	json_t *points = json_array();

	for (size_t i = 0; i < sweep->points.nr; i++)
		json_array_append_new(points, point_json(sweep, &sweep->points.list[i]));
	return points;
}

static json_t *steal_json(const struct report_sweep *sweep)
{
	const double percent = steal_percent_of(&sweep->sweep);

	return isnan(percent) ? json_null() : measure_of_constant(percent, number_percent);
}

static json_t *set_aside_json(const struct report_sweep *sweep)
{
	struct slices slices = {0};

	for (size_t i = 0; i < sweep->sweep.nr_runs; i++)
		slices_add(&slices, &sweep->sweep.runs[i]);
	return slices_set_aside_json(&slices);
}

static void add_conduct(json_t *json, const struct report_sweep *sweep)
{
	const struct drift drift = drift_of(&sweep->sweep);

	json_object_set_new(json, "precision", precision_json(sweep));
	json_object_set_new(json, "drift", drift_json(&drift));
	json_object_set_new(json, "steal_percent", steal_json(sweep));
	json_object_set_new(json, "set_aside_percent", set_aside_json(sweep));
	json_object_set_new(json, "warnings", sweep_warnings(&sweep->sweep, sweep->nr_cpus));
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
