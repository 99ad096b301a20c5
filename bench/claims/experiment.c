/* SPDX-License-Identifier: MIT */
#include "bench/claims/experiment.h"

#include <signal.h>
#include <string.h>

#include "bench/sweep/plan.h"
#include "harness/explore/ownership/ownership.h"
#include "harness/explore/parallel.h"
#include "harness/measure/isolate.h"

const struct instance *experiment_instance(const char *impl, struct error *err)
{
	for (size_t i = 0; ownership_instances[i]; i++) {
		if (!strcmp(ownership_instances[i]->name, impl))
			return ownership_instances[i];
	}
	error_set(err, "implementation %s is not part of this build", impl);
	return NULL;
}

/* -- runs -- */

static int plan_one(const struct experiment_run *run, struct plan *plan, struct error *err)
{
	char *impls[] = {(char *)run->impl};
	const struct workload *workload = run->workload ? workload_find(run->workload) : NULL;
	unsigned int threads[] = {run->threads}, devices[] = {run->devices}, groups[] = {1};
	struct plan_request request = plan_request_default();

	request.family = run->family ? family_find(run->family) : families[0];
	request.impls = impls;
	request.nr_impls = 1;
	request.race = !run->workload;
	request.check = run->check;
	request.history = run->history;
	request.hold_ns = run->hold_ns;
	request.warmup = 0.01;
	request.duration = run->duration;
	if (!run->family && !experiment_instance(run->impl, err))
		return -1;
	if (workload) {
		request.workloads = &workload;
		request.nr_workloads = 1;
		request.threads = threads;
		request.nr_threads = 1;
		request.devices = devices;
		request.nr_devices = 1;
		request.groups = groups;
		request.nr_groups = 1;
	}
	return plan_make(plan, &request, err);
}

/* A run counts as hung when it overruns its planned duration by this many seconds. A busy machine
 * alone does not delay it that long. */
static const double GRACE = 60;

static int run_planned(const struct plan_run *run, struct run_result *result, struct error *err)
{
	static const volatile sig_atomic_t never;
	const unsigned int threads = run->spec.pins->nr_threads;
	struct run_result *full = run_result_create(threads, err);
	int ret = 0;

	if (!full)
		return -1;
	run_isolated(&run->spec, full, run->spec.duration + GRACE, &never);
	if (full->failure[0] && (full->found == CLASS_EXACT || full->hung[0]))
		ret = error_set(err, "%s: %s", run->name, full->failure);
	memcpy(result, full, sizeof(*result));
	run_result_destroy(full, threads);
	return ret;
}

int experiment_run(const struct experiment_run *run, struct run_result *result, struct error *err)
{
	struct plan plan;
	int ret = plan_one(run, &plan, err);

	if (ret)
		return ret;
	ret = run_planned(&plan.runs[0], result, err);
	plan_free(&plan);
	return ret;
}

int experiment_race_runs(const struct experiment_run *run, size_t nr, int only,
    struct race_count *each, struct error *err)
{
	struct experiment_run part = *run;

	part.duration /= (double)nr;
	for (size_t i = 0; i < nr; i++) {
		struct run_result r;

		if (experiment_run(&part, &r, err))
			return -1;
		each[i] = only == ALL_RACES ? race_sum(r.races) : r.races[only];
	}
	return 0;
}

int experiment_races(const struct experiment_run *run, struct race_count *sum, struct error *err)
{
	return experiment_race_runs(run, 1, ALL_RACES, sum, err);
}

int experiment_rate(const struct experiment_run *run, double *per_second, struct error *err)
{
	struct run_result r;

	if (experiment_run(run, &r, err))
		return -1;
	if (r.failure[0])
		return error_set(err, "%s", r.failure);
	*per_second = r.per_second;
	return 0;
}

/* -- explorations -- */

static const enum memory_model models[] = {MODEL_SC, MODEL_TSO};
enum { NR_MODELS = sizeof(models) / sizeof(models[0]) };

static bool is_wanted(const struct scenario *scenario, const char *const *names)
{
	if (!names)
		return true;
	while (*names && strcmp(*names, scenario->name))
		names++;
	return *names;
}

static int explore_scenario(const struct explored *explored, const struct scenario *scenario,
    bool write_once, double seconds, struct experiment_search *search, struct error *err)
{
	for (int i = 0; i < NR_MODELS; i++) {
		const struct explore_options options = {
		    .model = models[i],
		    .write_once = write_once,
		    .budget = seconds / NR_MODELS,
		};
		static struct explore_result result;

		if (explore_parallel(explored, scenario, &options, 1, NULL, &result, err))
			return -1;
		search->faults |= result.faults;
		search->executions += result.executions;
		search->explorations++;
		search->exhausted = search->exhausted && result.exhausted;
	}
	return 0;
}

static int explore_of(const struct explored *explored, const char *const *names, bool write_once,
    double seconds, struct experiment_search *search, struct error *err)
{
	unsigned int nr = 0;

	for (const struct scenario *s = explored->family->scenarios; s->name; s++)
		nr += is_wanted(s, names);
	for (const struct scenario *s = explored->family->scenarios; s->name; s++) {
		if (is_wanted(s, names) &&
		    explore_scenario(explored, s, write_once, seconds / nr, search, err))
			return -1;
	}
	return 0;
}

static const struct explored *find_explored(
    const struct explored *const *all, const char *impl, struct error *err)
{
	const struct explored *explored = explored_find(all, impl);

	if (!explored)
		error_set(err, "implementation %s is not part of this build, or cannot be explored",
		    impl);
	return explored;
}

int experiment_explore(const char *impl, const char *const *names, bool write_once, double seconds,
    struct experiment_search *search, struct error *err)
{
	const struct explored *explored = find_explored(explored_ownership, impl, err);

	return explored ? explore_of(explored, names, write_once, seconds, search, err) : -1;
}

int experiment_explore_family(const char *family, const char *impl, const char *const *names,
    double seconds, struct experiment_search *search, struct error *err)
{
	const struct explored *explored = find_explored(family_find(family)->explored, impl, err);

	return explored ? explore_of(explored, names, false, seconds, search, err) : -1;
}
