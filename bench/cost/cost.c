/* SPDX-License-Identifier: MIT */
#include "bench/cost/cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/record/sweep.h"
#include "harness/stats/interval.h"

const struct explored *cost_counted(const struct instance *instance)
{
	const struct explored *exact = explored_find(counted_impls, instance->name);
	char plain[128];

	if (exact)
		return exact;
	snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(instance->name, "<"), instance->name);
	return explored_find(counted_impls, plain);
}

static bool in_sweep(const struct instance *instance, const struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		if (!strcmp(sweep->runs[i].id.implementation, instance->name))
			return true;
	}
	return false;
}

/* `sweep`: NULL, none. */
static bool asked_for(const struct instance *instance, char *const *patterns, size_t nr_patterns,
    const struct sweep *sweep)
{
	if (!cost_counted(instance))
		return false;
	if (nr_patterns)
		return instance_matches_any(instance, patterns, nr_patterns);
	if (sweep)
		return in_sweep(instance, sweep);
	return !instance_is_control(instance) &&
	       (!instance_is_variant(instance) || explored_find(counted_impls, instance->name));
}

/* Returns the run of `share` by this implementation in one group, without anything that takes a
 * pair longer; with as many devices as are counted with, if there is such a run. */
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

static void measure(struct cost_row *row, const struct sweep *sweep)
{
	for (unsigned int i = 0; i < COST_MEASURED; i++) {
		const struct sweep_run *run =
		    sweep ? measured_run(sweep, row->instance->name, i + 1) : NULL;

		row->pair_ns[i] = run ? 1e9 * (i + 1) / median_rate(run) : NAN;
	}
}

static int count_all(struct cost_table *table, char *const *patterns, size_t nr_patterns,
    const struct sweep *sweep, struct error *err)
{
#ifdef OWNBENCH_SANITIZED
	return error_set(err, "a sanitizer's build cannot count: use another");
#endif
	table->rows = calloc(nr_instances, sizeof(*table->rows));
	if (!table->rows)
		return error_set(err, "not enough memory");
	for (size_t i = 0; i < nr_instances; i++) {
		struct cost_row *row = &table->rows[table->nr];

		if (!asked_for(instances[i], patterns, nr_patterns, sweep))
			continue;
		row->instance = instances[i];
		if (cost_of(cost_counted(instances[i]), &row->costs, err))
			return -1;
		measure(row, sweep);
		table->nr++;
	}
	if (!table->nr)
		return error_set(err, "nothing to count: no implementation's source is meant");
	return 0;
}

int cost_table_make(struct cost_table *table, char *const *patterns, size_t nr_patterns,
    const char *dir, struct error *err)
{
	struct sweep sweep;
	int ret;

	*table = (struct cost_table){.measured = dir};
	if (dir && sweep_load(dir, &sweep, err))
		return -1;
	ret = count_all(table, patterns, nr_patterns, dir ? &sweep : NULL, err);
	if (dir)
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
