/* SPDX-License-Identifier: MIT */
#include "bench/cost/cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/families/families.h"
#include "harness/record/sweep.h"
#include "harness/stats/interval.h"

const struct explored *cost_counted(const struct instance *instance)
{
	const struct explored *exact = explored_find(counted_ownership, instance->name);
	char plain[128];

	if (exact)
		return exact;
	snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(instance->name, "<"), instance->name);
	return explored_find(counted_ownership, plain);
}

/* Checks that each pattern matches an implementation whose operations can be counted. */
static int check_patterns(const struct cost_request *request, struct error *err)
{
	if (family_check_patterns(families[0], request->impls, request->nr_impls, err))
		return -1;
	for (size_t p = 0; p < request->nr_impls; p++) {
		bool counted = false;

		for (size_t i = 0; ownership_instances[i]; i++)
			counted |= instance_matches(ownership_instances[i], request->impls[p]) &&
			           cost_counted(ownership_instances[i]);
		if (!counted)
			return error_set(err,
			    "--impl=%s: cannot be counted, because its source is not below impl/",
			    request->impls[p]);
	}
	return 0;
}

static bool in_sweep(const struct instance *instance, const struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		if (!strcmp(sweep->runs[i].id.implementation, instance->name))
			return true;
	}
	return false;
}

/* Returns whether the implementation is selected. `sweep` is NULL unless one was given. */
static bool asked_for(
    const struct instance *instance, const struct cost_request *request, const struct sweep *sweep)
{
	if (!cost_counted(instance))
		return false;
	if (request->nr_impls)
		return instance_matches_any(instance, request->impls, request->nr_impls);
	if (sweep)
		return in_sweep(instance, sweep);
	return !instance_is_control(instance) &&
	       (!instance_is_variant(instance) || explored_find(counted_ownership, instance->name));
}

/* Returns a run of workload share by this implementation in one group, with COST_DEVICES devices
 * if possible. It has no parameter that would make a pair take longer. Returns NULL if there is
 * none. */
static const struct sweep_run *measured_run(
    const struct sweep *sweep, const char *impl, unsigned int threads)
{
	const struct sweep_run *found = NULL;

	for (size_t i = 0; i < sweep->nr_runs; i++) {
		const struct sweep_run *run = &sweep->runs[i];
		const struct run_id *id = &run->id;

		if (strcmp(id->workload, "share") != 0 || strcmp(id->implementation, impl) != 0 ||
		    run->failure || id->threads != threads || id->groups != 1 ||
		    strcmp(id->path, "ops") != 0 || json_object_size(id->parameters))
			continue;
		if (!found || id->devices == COST_DEVICES)
			found = run;
	}
	return found;
}

static double median_rate(const struct sweep_run *run)
{
	size_t nr;
	double *rates = sweep_run_values(run, "items_per_second", NULL, &nr);
	double median = stats_median(rates, nr);

	free(rates);
	return median;
}

static void fill_measured(struct cost_row *row, const struct sweep *sweep)
{
	for (unsigned int i = 0; i < COST_MEASURED; i++) {
		const struct sweep_run *run =
		    sweep ? measured_run(sweep, row->instance->name, i + 1) : NULL;

		row->pair_ns[i] = run ? 1e9 * (i + 1) / median_rate(run) : NAN;
	}
}

static int count_all(struct cost_table *table, const struct cost_request *request,
    const struct sweep *sweep, struct error *err)
{
	size_t nr = 0;

#ifdef OWNBENCH_SANITIZED
	return error_set(
	    err, "a build with a sanitizer cannot count operations; use a build without one");
#endif
	while (ownership_instances[nr])
		nr++;
	table->rows = calloc(nr + 1, sizeof(*table->rows));
	if (!table->rows)
		return error_set(err, "not enough memory for the cost table");
	for (size_t i = 0; ownership_instances[i]; i++) {
		struct cost_row *row = &table->rows[table->nr];

		if (!asked_for(ownership_instances[i], request, sweep))
			continue;
		row->instance = ownership_instances[i];
		if (cost_of(cost_counted(ownership_instances[i]), &row->costs, err))
			return -1;
		fill_measured(row, sweep);
		table->nr++;
	}
	if (!table->nr)
		return error_set(err, "nothing to count: no implementation is selected");
	return 0;
}

int cost_table_make(struct cost_table *table, const struct cost_request *request, struct error *err)
{
	struct sweep sweep;
	int ret;

	if (check_patterns(request, err))
		return -1;
	*table = (struct cost_table){.measured = request->sweep};
	if (request->sweep && sweep_load(request->sweep, &sweep, err))
		return -1;
	ret = count_all(table, request, request->sweep ? &sweep : NULL, err);
	if (request->sweep)
		sweep_free(&sweep);
	if (ret)
		cost_table_free(table);
	return ret;
}

void cost_table_free(struct cost_table *table)
{
	free(table->rows);
	table->rows = NULL;
	table->nr = 0;
}
