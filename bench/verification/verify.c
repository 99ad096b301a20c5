/* SPDX-License-Identifier: MIT */
#include "bench/verification/verify.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "bench/sweep/plan.h"
#include "harness/check/walk.h"
#include "harness/explore/example.h"
#include "harness/explore/parts.h"
#include "harness/measure/clock.h"
#include "harness/measure/isolate.h"
#include "harness/measure/pin.h"

/* Runs are short, so that leaks and hangs show soon, and many runs vary the timing. They are
 * shorter where the first fault is enough, as for controls: most faults show at once or never. */
static const double RUN_SECONDS = 0.05, RUN_SECONDS_FIRST = 0.02;
static const double RUN_TIMEOUT = 60;

/* Share of the budget for each checker that executes runs. Exploration gets what is left. */
static const double RUNS_PART = 0.08;

/* Sizes of generated programs, large enough that no design exhausts all of them in an hour. */
static const struct program_bounds PROGRAMS = {{[2] = 6, [3] = 4, [4] = 2}};

enum { WALK_OPERATIONS = 20000, RECORDS = 5000 };

/* With a limit on executions, generated programs get this many times the limit of a scenario. */
enum { PROGRAMS_EXECUTIONS = 20 };

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

/* The state of one checker while it checks one implementation. */
struct checker_run {
	enum checker checker;
	const struct verify_limits *limits;
	uint64_t start_ns;
	struct finding *finding;
};

static double seconds_since(uint64_t start)
{
	return (double)(clock_ns() - start) * 1e-9;
}

/* Records a hang, if there was one. The checker then ends, because its further runs would hang,
 * too. */
static void note_hang(const struct checker_run *check, const char *hung)
{
	if (hung[0])
		memcpy(check->finding->hung, hung, sizeof(check->finding->hung));
}

static bool is_over(const struct checker_run *check)
{
	const bool is_wanted =
	    !check->limits->checkers || check->limits->checkers & 1u << check->checker;

	return !is_wanted || check->finding->hung[0] ||
	       (check->limits->first && check->finding->caught > 0);
}

static void note_fault(
    const struct checker_run *check, enum impl_class found, double after, const char *text)
{
	struct finding *finding = check->finding;

	if (finding->caught == 0 && found >= check->limits->caught)
		finding->caught = after;
	if (found <= finding->found)
		return;
	finding->found = found;
	snprintf(finding->text, sizeof(finding->text), "%s", text);
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
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]) && !is_over(check); i++) {
		request.devices = devices[i];
		request.seed = (long)i;
		if (family_of(instance)->walk(instance, &request, &outcome, err))
			return -1;
		check->finding->amount += outcome.operations;
		if (outcome.found > CLASS_EXACT)
			note_fault(
			    check, outcome.found, seconds_since(check->start_ns), outcome.text);
		note_hang(check, outcome.hung);
	}
	check->finding->seconds = seconds_since(check->start_ns);
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
	return seconds_since(check->start_ns);
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
	const double before = seconds_since(check->start_ns);
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
		note_fault(check, result->found, caught_after(check, run, result, before),
		    result->failure);
	note_hang(check, result->hung);
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

	if (is_over(check)) /* the checker was not requested */
		return 0;
	ret = plan_for(check, instance, &plan, err);
	if (ret)
		return ret;
	check->finding->ran = true;
	for (size_t i = 0; plan.nr_runs && !ret && !is_over(check); i++) {
		if (i >= plan.nr_runs && seconds_since(check->start_ns) >= seconds)
			break;
		ret = run_once(check, &plan.runs[i % plan.nr_runs], err);
	}
	check->finding->seconds = seconds_since(check->start_ns);
	plan_free(&plan);
	return ret;
}

/* -- exploration -- */

static unsigned int nr_scenarios(const struct explore_family *family)
{
	unsigned int nr = 0;

	while (family->scenarios[nr].name)
		nr++;
	return nr;
}

/* Under RC11, results are judged by C11's happens-before; under the other models, by real time. */
static enum checker checker_of(enum memory_model model)
{
	return model == MODEL_RC11 ? CHECKER_C11 : CHECKER_EXPLORE;
}

/* Merges a scenario's lock order into that of all scenarios, because a cycle can have edges from
 * several scenarios. */
static void note_locks(
    const struct checker_run *check, struct lockorder *all, const struct lockorder *new)
{
	const unsigned int before = all->faults;

	lockorder_merge(all, new);
	if (all->faults & ~(before | new->faults))
		note_fault(check, CLASS_UNSAFE, check->finding->seconds,
		    "several scenarios together: lock-order");
}

/* Adds the result of an exploration. `scenario` is the scenario or program that shows the worst
 * fault. */
static void note_result(const struct checker_run *check, const char *scenario,
    enum memory_model model, const struct explore_result *result, struct verdict *verdict)
{
	char text[sizeof(check->finding->text)];

	check->finding->amount += result->executions;
	check->finding->seconds += result->seconds;
	note_locks(check, &verdict->locks, &result->locks);
	if (!result->faults)
		return;
	if (result->class > verdict->models[model].found)
		verdict->models[model].found = result->class;
	snprintf(text, sizeof(text), "%.200s: %s: %s", scenario, model_name(model),
	    fault_name((enum fault)(1u << (31 - __builtin_clz(result->faults)))));
	note_fault(check, result->class, check->finding->seconds, text);
}

/* Adds what the exploration of a scenario or of programs found. */
static void note_part(
    const struct checker_run *check, const struct part *part, struct verdict *verdict)
{
	struct explored_model *model = &verdict->models[part->options.model];
	const struct programs_result *found = &part->found;
	const char *worst = "";

	if (part->scenario) {
		model->explorations++;
		model->exhausted += found->all.exhausted;
		worst = part->scenario->name;
	} else {
		model->programs = found->programs;
		model->complete = found->complete;
		if (found->all.faults)
			worst = found->shows[31 - __builtin_clz(found->all.faults)];
	}
	note_result(check, *worst ? worst : "several programs together", part->options.model,
	    &found->all, verdict);
}

/* Returns the version of an implementation that can be explored, or NULL. Implementations that
 * differ only in their library share a version. */
static const struct explored *find_explored(const struct instance *instance)
{
	const struct explored *const *all = family_of(instance)->explored;
	const struct explored *own = explored_find(all, instance->name);
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(instance->name, "<"), instance->name);
	return own ? own : explored_find(all, name);
}

/* What the explorations of scenarios, or of programs, share. */
struct explorations {
	const struct verify_limits *limits;
	const struct explored *impl;
	struct verdict *verdict;
	uint64_t start_ns;
};

static struct checker_run checker_run_of(const struct explorations *e, enum memory_model model)
{
	const enum checker checker = checker_of(model);

	return (struct checker_run){checker, e->limits, e->start_ns, &e->verdict->by[checker]};
}

/* Adds a scenario, or programs if it is NULL, under each model that a checker wants. Returns the
 * number of parts. */
static int add_parts(
    const struct explorations *e, const struct scenario *scenario, struct part *parts)
{
	const struct verify_limits *limits = e->limits;
	int n = 0;

	for (int m = 0; m < NR_MEMORY_MODELS; m++) {
		const struct checker_run check = checker_run_of(e, (enum memory_model)m);

		if (is_over(&check))
			continue;
		parts[n].impl = e->impl;
		parts[n].scenario = scenario;
		parts[n].bounds = PROGRAMS;
		parts[n].group = check.checker;
		parts[n++].options = (struct explore_options){
		    .model = (enum memory_model)m,
		    .max_executions = limits->executions * (scenario ? 1 : PROGRAMS_EXECUTIONS),
		    .until = limits->first ? limits->caught : CLASS_NONE,
		};
	}
	return n;
}

/* Notes what was found, in the order of the parts. Returns 0, or -1 with the error of the first
 * part that failed. */
static int note_parts(struct explorations *e, const struct part *parts, int n, struct error *err)
{
	int ret = 0;

	for (const struct part *part = parts; part < parts + n; part++) {
		const struct checker_run check = checker_run_of(e, part->options.model);

		if (part->failed && !ret) {
			ret = -1;
			*err = part->err;
		} else if (part->done && !part->failed && !is_over(&check)) {
			note_part(&check, part, e->verdict);
		}
		/* If every execution was abandoned, nothing was checked. */
		check.finding->ran = check.finding->amount > 0;
	}
	return ret;
}

/* Explores all scenarios, or generated programs, side by side. Returns 0, or -1 with the error
 * set. */
static int explore_all(const struct instance *instance, const struct verify_limits *limits,
    bool programs, struct verdict *verdict, struct error *err)
{
	struct explorations e = {limits, find_explored(instance), verdict, clock_ns()};
	const double limit = limits->executions ? 0 : fmax(limits->seconds, 0.001);
	const int cpus = (int)pin_nr_cpus();
	int n = 0, scenarios, most, ret;
	struct part *parts;

	if (!e.impl)
		return 0; /* cannot be explored, like the implementations of tests/faulty */
	scenarios = programs ? 1 : (int)nr_scenarios(e.impl->family);
	most = scenarios * NR_MEMORY_MODELS;
	parts = parts_map(most);
	if (!parts)
		return error_errno(err, "cannot explore");
	for (int i = 0; i < scenarios; i++)
		n += add_parts(&e, programs ? NULL : &e.impl->family->scenarios[i], parts + n);
	for (int i = 0; i < n && programs; i++)
		parts[i].options.budget = cpus < n ? limit * cpus / n : limit;
	ret = parts_explore(parts, n, (unsigned int)cpus, limit, NULL, err);
	ret |= note_parts(&e, parts, n, err);
	parts_unmap(parts, most);
	return ret;
}

int verify_scenarios(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err)
{
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		verdict->models[m].explorations = verdict->models[m].exhausted = 0;
	verdict->by[CHECKER_EXPLORE].amount = verdict->by[CHECKER_C11].amount = 0;
	return explore_all(instance, limits, false, verdict, err);
}

int verify_programs(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err)
{
	return explore_all(instance, limits, true, verdict, err);
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
	struct error ignored;
	int ret;

	if (verify_runs(instance, limits, verdict, err))
		return -1;
	left.seconds = (limits->seconds - seconds_since(start)) * (1 - VERIFY_PROGRAMS_PART);
	ret = verify_scenarios(instance, &left, verdict, err);
	left.seconds = limits->seconds - seconds_since(start);
	return verify_programs(instance, &left, verdict, ret ? &ignored : err) | ret;
}

bool verdict_is_exhausted(const struct verdict *verdict)
{
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		if (verdict->models[m].exhausted < verdict->models[m].explorations)
			return false;
	return true;
}
