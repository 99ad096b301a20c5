/* SPDX-License-Identifier: MIT */
#include "bench/verification/verify.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "bench/sweep/plan.h"
#include "bench/verification/checker_run.h"
#include "bench/verification/explorations.h"
#include "harness/check/walk.h"
#include "harness/measure/clock.h"
#include "harness/measure/isolate.h"
#include "harness/measure/pin.h"

/* Runs are short, so that leaks and hangs show soon, and many runs vary the timing. They are
 * shorter where the first fault is enough, as for controls: most faults show at once or never. */
static const double RUN_SECONDS = 0.05, RUN_SECONDS_FIRST = 0.02;
static const double RUN_TIMEOUT = 60;

/* Share of the budget for each checker that executes runs. Exploration gets what is left. */
static const double RUNS_PART = 0.06;

enum { WALK_OPERATIONS = 20000, RECORDS = 5000 };

/* Returns the worse one of two classes: the class that was found, and the best class of the
 * family. */
static enum impl_class at_best(const struct verdict *verdict, enum impl_class found)
{
	const enum impl_class best = verdict->instance->family->best;

	return found > best ? found : best;
}

enum impl_class verdict_class(const struct verdict *verdict)
{
	enum impl_class class = CLASS_EXACT;

	for (int c = 0; c < NR_CHECKERS; c++) {
		if (c != CHECKER_C11 && verdict->by[c].found > class)
			class = verdict->by[c].found;
	}
	return at_best(verdict, class);
}

enum impl_class verdict_class_by_c11(const struct verdict *verdict)
{
	return at_best(verdict, verdict->by[CHECKER_C11].found);
}

struct program_bounds verdict_complete(const struct verdict *verdict)
{
	struct program_bounds all = verdict->models[0].complete;

	for (int m = 1; m < NR_MEMORY_MODELS; m++)
		for (int threads = MIN_GENERATED; threads <= MAX_THREADS; threads++)
			if (verdict->models[m].complete.steps[threads] < all.steps[threads])
				all.steps[threads] = verdict->models[m].complete.steps[threads];
	return all;
}

bool verdict_missed(const struct verdict *verdict)
{
	const struct impl_about *about = verdict->instance->about;
	const bool ran = verdict->by[CHECKER_C11].ran;
	const bool in_time = verdict_class(verdict) < about->class;
	const bool by_c11 = ran && verdict_class_by_c11(verdict) < impl_class_by_c11(about);

	if (about->class == CLASS_NONE)
		return false;
	/* It suffices to find a control's fault by real time or by C11's happens-before. */
	if (instance_is_control(verdict->instance))
		return in_time && (by_c11 || !ran || about->c11.differs);
	return in_time || by_c11;
}

/* -- walks -- */

/* Checks groups of several sizes with one thread, whatever the budget is: a fault that depends on a
 * count shows at once or never. Returns 0, or -1 with the error set. */
static int check_by_walks(
    const struct checker_run *check, const struct instance *instance, struct error *err)
{
	static const unsigned int devices[] = {1, 2, 3, 70, 300};
	struct walk_request request = {.operations = WALK_OPERATIONS};
	struct walk_outcome outcome;

	check->finding->ran = true;
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]) && !checker_is_over(check);
	     i++) {
		request.devices = devices[i];
		request.seed = (long)i;
		if (family_of(instance)->walk(instance, &request, &outcome, err))
			return -1;
		check->finding->amount += outcome.operations;
		if (outcome.found > CLASS_EXACT)
			checker_note_fault(
			    check, outcome.found, checker_seconds(check), outcome.text);
		checker_note_hang(check, outcome.hung);
	}
	check->finding->seconds = checker_seconds(check);
	return 0;
}

/* -- runs -- */

static uint64_t checked_in(const struct plan_run *run, const struct run_result *result)
{
	const struct tally *t = &result->tally;

	if (run->spec.loop == LOOP_RACE)
		return race_sum(result->races).trials;
	if (run->spec.check == CHECK_HISTORY)
		return result->recorded;
	return 2 * t->pairs + t->refused + t->failed + 2 * t->claims + t->claims_refused +
	       t->queries + t->uses + t->unbinds;
}

/* Returns the seconds until the fault. Races record its time; in other checks it is the end of the
 * run. */
static double caught_after(const struct checker_run *check, const struct plan_run *run,
    const struct run_result *result, double before)
{
	if (run->spec.loop == LOOP_RACE && race_sum(result->races).first > 0)
		return before + race_sum(result->races).first;
	return checker_seconds(check);
}

/* Returns whether a fault counts for this checker. For the witness and for histories it counts only
 * if that check itself reported it, or if the run hung. */
static bool is_of(enum checker checker, const struct run_result *result)
{
	if (result->hung[0])
		return true;
	if (checker == CHECKER_WITNESS || checker == CHECKER_HISTORY)
		return result->seen_by_check;
	return true;
}

static int run_once(const struct checker_run *check, const struct plan_run *run, struct error *err)
{
	static const volatile sig_atomic_t never;
	const double before = checker_seconds(check);
	unsigned int threads = run->spec.pins->nr_threads;
	struct run_result *result = run_result_create(threads, err);
	int ret = 0;

	if (!result)
		return -1;
	run_isolated(&run->spec, result, RUN_TIMEOUT, &never);
	check->finding->amount += checked_in(run, result);
	if (result->failure[0] && result->found == CLASS_EXACT)
		ret = error_set(err, "%s: %s", run->name, result->failure);
	else if (result->failure[0] && is_of(check->checker, result))
		checker_note_fault(check, result->found, caught_after(check, run, result, before),
		    result->failure);
	checker_note_hang(check, result->hung);
	run_result_destroy(result, threads);
	return ret;
}

/* Plans a checker's runs on one implementation. Returns 0, or -1 with the error set. */
static int plan_for(const struct checker_run *check, const struct instance *instance,
    struct plan *plan, struct error *err)
{
	const enum checker checker = check->checker;
	char *impls[] = {(char *)instance->name};
	/* With two threads, operations often overlap. With many threads, some are preempted within
	 * an operation. Then a history has too many possible orders, so the history checker uses
	 * fewer threads. */
	unsigned int threads[] = {2, 4, 16};
	struct plan_request request = plan_request_default();

	request.family = family_of(instance);
	request.impls = impls;
	request.nr_impls = 1;
	request.race = checker == CHECKER_RACE;
	request.check = checker == CHECKER_WITNESS   ? CHECK_WITNESS
	                : checker == CHECKER_HISTORY ? CHECK_HISTORY
	                                             : CHECK_AUDIT;
	request.history = RECORDS;
	request.duration = check->limits->first ? RUN_SECONDS_FIRST : RUN_SECONDS;
	if (!request.race) {
		request.threads = threads;
		request.nr_threads = checker == CHECKER_HISTORY ? 2 : 3;
	}
	request.family->request_check(&request, checker);
	return plan_make(plan, &request, err);
}

static int check_by_runs(
    const struct checker_run *check, const struct instance *instance, struct error *err)
{
	const double seconds = check->limits->seconds * RUNS_PART;
	struct plan plan;
	int ret = 0;

	if (checker_is_over(check)) /* the checker was not requested */
		return 0;
	ret = plan_for(check, instance, &plan, err);
	if (ret)
		return ret;
	check->finding->ran = true;
	for (size_t i = 0; plan.nr_runs && !ret && !checker_is_over(check); i++) {
		if (i >= plan.nr_runs && checker_seconds(check) >= seconds)
			break;
		ret = run_once(check, &plan.runs[i % plan.nr_runs], err);
	}
	check->finding->seconds = checker_seconds(check);
	plan_free(&plan);
	return ret;
}

int verify_runs(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err)
{
	static const enum checker by_runs[] = {
	    CHECKER_AUDIT, CHECKER_RACE, CHECKER_HISTORY, CHECKER_WITNESS};
	const struct bench_family *family = family_of(instance);
	struct checker_run check;

	memset(verdict, 0, sizeof(*verdict));
	verdict->instance = instance;
	verdict->unseen = explored_unseen(family->unseen, instance->name);
	check = (struct checker_run){CHECKER_WALK, limits, clock_ns(), &verdict->by[CHECKER_WALK]};
	if (family->walk && check_by_walks(&check, instance, err))
		return -1;
	for (size_t i = 0; i < sizeof(by_runs) / sizeof(by_runs[0]); i++) {
		if (by_runs[i] == CHECKER_WITNESS && family->no_witness)
			continue;
		check =
		    (struct checker_run){by_runs[i], limits, clock_ns(), &verdict->by[by_runs[i]]};
		if (check_by_runs(&check, instance, err))
			return -1;
	}
	return 0;
}

int verify_implementation(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err)
{
	struct verify_limits left = *limits;
	const uint64_t start = clock_ns();
	int ret;

	if (verify_runs(instance, limits, verdict, err))
		return -1;
	left.seconds = (limits->seconds - clock_seconds_since(start)) * (1 - VERIFY_PROGRAMS_PART);
	ret = explore_scenarios(instance, &left, verdict, err);
	left.seconds = limits->seconds - clock_seconds_since(start);
	return explore_generated(instance, &left, verdict, err) | ret;
}
