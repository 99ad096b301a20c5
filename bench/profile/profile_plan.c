/* SPDX-License-Identifier: MIT */
#include "bench/profile/profile_plan.h"

#include "harness/memory.h"

static int check_workload(const char *name, struct error *err)
{
	if (workload_find(name))
		return 0;
	return error_set(err, "WORKLOAD %s: no such workload; 'ownbench list' shows them", name);
}

/* Checks that each pattern matches an implementation of the workload's family. */
static int check_impls(const struct plan_request *request, struct error *err)
{
	const struct family *family = request->workloads[0]->family;
	const struct bench_family *all = family_find(family->name);

	for (size_t i = 0; i < request->nr_impls; i++) {
		if (!family_matches(all, request->impls[i]))
			return error_set(err,
			    "IMPL %s: no such implementation in family %s, which %s belongs to; "
			    "'ownbench list' shows them",
			    request->impls[i], family->name, request->workloads[0]->name);
	}
	return 0;
}

int profile_take_arguments(struct profile *profile, char *const *arguments, struct error *err)
{
	static const char *const names[] = {"impl", "workload"};
	static const char *const typed[] = {"IMPL", "WORKLOAD"};

	if (check_workload(arguments[1], err))
		return -1;
	for (int i = 0; i < 2; i++) {
		if (!*arguments[i])
			return error_set(err, "%s: must not be empty", typed[i]);
		if (option_set(
			option_find(run_command.options, names[i]), profile, arguments[i], err))
			return -1;
	}
	return check_impls(&profile->run.request, err);
}

int profile_plan(struct profile *profile, struct plan *plan, struct error *err)
{
	struct plan_request *request = &profile->run.request;
	const struct workload *workload = request->workloads[0];

	if (workload->loop == LOOP_RACE)
		return error_set(
		    err, "%s has no window of time that could be profiled", workload->name);
	request->family = family_find(workload->family->name);
	if (!request->nr_threads) {
		request->threads = allocate(1, sizeof(*request->threads));
		request->threads[0] = pin_nr_cpus();
		request->nr_threads = 1;
	}
	if (plan_make(plan, request, err))
		return -1;
	if (plan->nr_runs == 1)
		return 0;
	if (plan->nr_runs)
		error_set(err,
		    "a profile needs a single run, and these arguments select %zu: %s, %s%s; name "
		    "one implementation and one value of each option",
		    plan->nr_runs, plan->runs[0].name, plan->runs[1].name,
		    plan->nr_runs > 2 ? ", .." : "");
	else
		error_set(err, "implementation %s cannot run workload %s with these options",
		    request->impls[0], request->workloads[0]->name);
	plan_free(plan);
	return -1;
}
