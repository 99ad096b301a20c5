/* SPDX-License-Identifier: MIT */
#include "harness/report/report.h"

#include <stdbool.h>
#include <stdlib.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/record/merge.h"
#include "harness/report/classes.h"
#include "harness/report/parts.h"
#include "harness/report/regret.h"
#include "harness/report/report_sweep.h"
#include "harness/report/report_sweep_load.h"

/* The sweeps of the report, sorted by family, then in the order of the command line. */
struct sweeps {
	struct report_sweep *list;
	size_t nr;
};

static void free_sweeps(struct sweeps *sweeps)
{
	for (size_t i = 0; i < sweeps->nr; i++)
		report_sweep_free(&sweeps->list[i]);
	free(sweeps->list);
}

static int load_sweep(struct sweeps *sweeps, const char *dir, const char *label,
    const json_t *implementations, struct error *err)
{
	sweeps->list = reallocate(sweeps->list, sweeps->nr + 1, sizeof(*sweeps->list));
	return report_sweep_load(&sweeps->list[sweeps->nr++], dir, label, implementations, err);
}

/* Loads a sweep, or the sweep of each machine if `dir` is a merged sweep. */
static int load_dir(
    struct sweeps *sweeps, const char *dir, const json_t *implementations, struct error *err)
{
	json_t *machines = merge_machines(dir);
	const char *name;
	json_t *ignored;
	int ret = 0;

	if (!machines)
		return load_sweep(sweeps, dir, NULL, implementations, err);
	json_object_foreach (machines, name, ignored) {
		if (!ret)
			ret = load_sweep(
			    sweeps, merge_machine_dir(dir, name).s, name, implementations, err);
	}
	json_decref(machines);
	return ret;
}

static void sort_by_family(struct sweeps *sweeps)
{
	struct report_sweep *sorted = allocate(sweeps->nr + 1, sizeof(*sorted));
	size_t nr = 0;

	for (size_t f = 0; family_texts[f]; f++) {
		for (size_t i = 0; i < sweeps->nr; i++) {
			if (sweeps->list[i].family == family_texts[f])
				sorted[nr++] = sweeps->list[i];
		}
	}
	free(sweeps->list);
	sweeps->list = sorted;
}

static int load_all(struct sweeps *sweeps, const char *const *dirs, size_t nr,
    const json_t *implementations, struct error *err)
{
	for (size_t i = 0; i < nr; i++) {
		if (load_dir(sweeps, dirs[i], implementations, err))
			return -1;
	}
	number_machines(sweeps->list, sweeps->nr);
	sort_by_family(sweeps);
	return 0;
}

/* -- the document -- */

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

static json_t *sweep_json(const struct report_sweep *sweep, struct error *err)
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
	json_object_set_new(json, "regret", regret_json(sweep));
	json_object_set_new(json, "charts", charts);
	json_object_set_new(json, "scaling", scaling_json(sweep));
	json_object_set_new(json, "storms", storms_json(sweep));
	return json;
}

static json_t *sweeps_json(const struct sweeps *sweeps, struct error *err)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sweeps->nr; i++) {
		json_t *sweep = sweep_json(&sweeps->list[i], err);

		if (!sweep) {
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, sweep);
	}
	return list;
}

static json_t *made_json(const struct report_maker *maker)
{
	return json_pack("{s:o, s:s, s:s}", "program", json_sprintf("ownbench %s", maker->version),
	    "commit", maker->commit, "time", maker->time);
}

/* Rounds all numbers to ten digits, which exceeds the precision of any measurement. A document in
 * memory then equals one that was written and read again. Steals the reference. */
static json_t *round_numbers(json_t *report)
{
	char *text = json_dumps(report, JSON_COMPACT | JSON_REAL_PRECISION(REPORT_DIGITS));
	json_t *rounded = text ? json_loads(text, 0, NULL) : NULL;

	if (!rounded)
		abort(); /* out of memory */
	free(text);
	json_decref(report);
	return rounded;
}

json_t *report_json(
    const char *const *dirs, size_t nr, const struct report_maker *maker, struct error *err)
{
	struct sweeps sweeps = {0};
	json_t *list = NULL, *report = NULL;

	if (!load_all(&sweeps, dirs, nr, maker->implementations, err))
		list = sweeps_json(&sweeps, err);
	if (list)
		report = json_pack("{s:i, s:o, s:o, s:o, s:o}", "format", REPORT_FORMAT, "made",
		    made_json(maker), "families", families_json(sweeps.list, sweeps.nr), "machines",
		    machines_json(sweeps.list, sweeps.nr), "sweeps", list);
	free_sweeps(&sweeps);
	return report ? round_numbers(report) : NULL;
}

json_t *report_read(const char *path, struct error *err)
{
	json_t *report = json_file_read(path, err);
	const json_t *format = json_object_get(report, "format");

	if (!report)
		return NULL;
	if (json_integer_value(format) == REPORT_FORMAT &&
	    json_is_array(json_object_get(report, "sweeps")))
		return report;
	if (json_is_integer(format))
		error_set(err,
		    "%s is a report of format %" JSON_INTEGER_FORMAT
		    ": this version reads format %d",
		    path, json_integer_value(format), REPORT_FORMAT);
	else
		error_set(err, "%s is not a report: it has no \"format\" and \"sweeps\"", path);
	json_decref(report);
	return NULL;
}
