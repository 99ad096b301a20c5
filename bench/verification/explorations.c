/* SPDX-License-Identifier: MIT */
#include "bench/verification/explorations.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/families/families.h"
#include "bench/verification/checker_run.h"
#include "harness/explore/example.h"
#include "harness/explore/parts.h"
#include "harness/explore/states.h"
#include "harness/measure/clock.h"
#include "harness/measure/pin.h"

/* Sizes of generated programs, large enough that no design exhausts all of them in an hour. */
static const struct program_bounds PROGRAMS = {{[2] = 6, [3] = 4, [4] = 2}};

enum {
	/* With a limit on executions, generated programs get this many times the limit of a
	 * scenario. */
	PROGRAMS_EXECUTIONS = 20,
	/* Maximum number of explorations side by side. Each one that waits for its turn is a
	 * process. It has about a megabyte, or up to some hundred after minutes of searching
	 * states. */
	MAX_PARTS = 512,
	/* If an exploration by executions does not end soon, it seldom ends at all. So when those
	 * that are left share the time, it gets 1/(1 + this) of what a search by states gets. */
	EXECUTIONS_BEHIND = 15,
};

/* Explorations that run side by side. part->group tells which checker of which verdict a part
 * belongs to. */
struct explorations {
	struct verdict *const *verdicts;
	const struct verify_limits *limits;
	struct part *parts;
	int n, most; /* number of parts: now, and at most */
	uint64_t start_ns;
};

static unsigned int nr_scenarios(const struct explore_family *family)
{
	unsigned int nr = 0;

	while (family->scenarios[nr].name)
		nr++;
	if (nr > MAX_SCENARIOS)
		abort(); /* unreachable: families have fewer scenarios */
	return nr;
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

/* Under RC11, results are judged by C11's happens-before; under the other models, by real time. */
static enum checker checker_of(enum memory_model model)
{
	return model == MODEL_RC11 ? CHECKER_C11 : CHECKER_EXPLORE;
}

static struct verdict *verdict_of(const struct explorations *e, const struct part *part)
{
	return e->verdicts[part->group / NR_CHECKERS];
}

static struct checker_run checker_run_of(
    const struct explorations *e, struct verdict *verdict, enum memory_model model)
{
	const enum checker checker = checker_of(model);

	return (struct checker_run){checker, e->limits, e->start_ns, &verdict->by[checker]};
}

/* -- parts -- */

/* Adds the exploration of a scenario, or of programs if it is NULL, if a checker wants it and there
 * is room. */
static void add_part(struct explorations *e, unsigned int nr, const struct scenario *scenario,
    enum memory_model model)
{
	const struct verify_limits *limits = e->limits;
	const struct checker_run check = checker_run_of(e, e->verdicts[nr], model);
	struct part *part = &e->parts[e->n];

	if (e->n == e->most || checker_is_over(&check))
		return;
	e->n++;
	part->impl = find_explored(e->verdicts[nr]->instance);
	part->scenario = scenario;
	part->bounds = PROGRAMS;
	part->group = nr * NR_CHECKERS + check.checker;
	part->options = (struct explore_options){
	    .model = model,
	    .max_executions = limits->executions * (scenario ? 1 : PROGRAMS_EXECUTIONS),
	    .until = limits->first ? limits->caught : CLASS_NONE,
	};
}

static int start(struct explorations *e, struct verdict *const *verdicts,
    const struct verify_limits *limits, int most)
{
	*e = (struct explorations){
	    verdicts, limits, .parts = parts_map(most), .most = most, .start_ns = clock_ns()};
	return e->parts ? 0 : -1;
}

static double seconds_of(const struct verify_limits *limits)
{
	return limits->executions ? 0 : fmax(limits->seconds, 0.001);
}

/* -- results -- */

/* Merges a scenario's lock order into that of all scenarios, because a cycle can have edges from
 * several scenarios. */
static void note_locks(
    const struct checker_run *check, struct lockorder *all, const struct lockorder *new)
{
	const unsigned int before = all->faults;

	lockorder_merge(all, new);
	if (all->faults & ~(before | new->faults))
		checker_note_fault(check, CLASS_UNSAFE, check->finding->seconds,
		    "several scenarios together: lock-order");
}

/* Adds the result of an exploration. `scenario` is the scenario or program that shows the worst
 * fault. */
static void note_result(const struct checker_run *check, const char *scenario,
    enum memory_model model, const struct explore_result *result, struct verdict *verdict)
{
	char text[sizeof(check->finding->text)];

	/* If every execution was abandoned, nothing was checked. */
	check->finding->ran |= result->executions || result->states;
	check->finding->amount += result->executions;
	check->finding->seconds += result->seconds;
	note_locks(check, &verdict->locks, &result->locks);
	if (!result->faults)
		return;
	if (result->class > verdict->models[model].found)
		verdict->models[model].found = result->class;
	snprintf(text, sizeof(text), "%.200s: %s: %s", scenario, model_name(model),
	    fault_name((enum fault)(1u << (31 - __builtin_clz(result->faults)))));
	checker_note_fault(check, result->class, check->finding->seconds, text);
}

/* Adds what the exploration of a scenario or of programs found. */
static void note_part(
    const struct checker_run *check, const struct part *part, struct verdict *verdict)
{
	struct explored_model *model = &verdict->models[part->options.model];
	const struct programs_result *found = &part->found;
	const char *worst = "";

	if (part->scenario) {
		const uint64_t bit = UINT64_C(1)
		                     << (part->scenario - part->impl->family->scenarios);

		model->explored |= bit;
		model->exhausted |= found->all.exhausted ? bit : 0;
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

/* Notes what was found, in the order of the parts, and for each verdict the error of the first part
 * that failed. */
static void note_parts(const struct explorations *e)
{
	for (const struct part *part = e->parts; part < e->parts + e->n; part++) {
		struct verdict *verdict = verdict_of(e, part);
		const struct checker_run check = checker_run_of(e, verdict, part->options.model);

		if (part->failed && !verdict->failed.text[0])
			verdict->failed = part->err;
		else if (part->done && !part->failed && !checker_is_over(&check))
			note_part(&check, part, verdict);
	}
}

/* Runs the explorations and notes the results. Returns 0, or -1 with an error if no process can be
 * started. */
static int run(struct explorations *e, struct error *err)
{
	const int ret =
	    parts_explore(e->parts, e->n, pin_nr_cpus(), seconds_of(e->limits), NULL, err);

	note_parts(e);
	parts_unmap(e->parts, e->most);
	return ret;
}

/* -- one implementation -- */

static int run_one(struct explorations *e, struct verdict *verdict, struct error *err)
{
	if (run(e, err))
		return -1;
	if (!verdict->failed.text[0])
		return 0;
	*err = verdict->failed;
	return -1;
}

int explore_scenarios(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err)
{
	const struct explored *impl = find_explored(instance);
	struct explorations e;
	unsigned int scenarios;

	if (!impl)
		return 0; /* cannot be explored, like the implementations of tests/faulty */
	scenarios = nr_scenarios(impl->family);
	if (start(&e, &verdict, limits, (int)scenarios * NR_MEMORY_MODELS))
		return error_errno(err, "cannot explore");
	for (unsigned int i = 0; i < scenarios; i++)
		for (int m = 0; m < NR_MEMORY_MODELS; m++)
			add_part(&e, 0, &impl->family->scenarios[i], (enum memory_model)m);
	return run_one(&e, verdict, err);
}

int explore_generated(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err)
{
	const int cpus = (int)pin_nr_cpus();
	struct explorations e;

	if (!find_explored(instance))
		return 0;
	if (start(&e, &verdict, limits, NR_MEMORY_MODELS))
		return error_errno(err, "cannot explore");
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		add_part(&e, 0, NULL, (enum memory_model)m);
	for (int i = 0; i < e.n; i++)
		e.parts[i].options.budget =
		    cpus < e.n ? seconds_of(limits) * cpus / e.n : seconds_of(limits);
	return run_one(&e, verdict, err);
}

bool explorations_copy(struct verdict *to, const struct verdict *from)
{
	const struct explored *impl = find_explored(from->instance);

	if (!impl || find_explored(to->instance) != impl)
		return false;
	to->by[CHECKER_EXPLORE] = from->by[CHECKER_EXPLORE];
	to->by[CHECKER_C11] = from->by[CHECKER_C11];
	memcpy(to->models, from->models, sizeof(to->models));
	to->locks = from->locks;
	return true;
}

/* -- several implementations -- */

unsigned int explorations_done(const struct explored_model *model)
{
	return (unsigned int)__builtin_popcountll(model->explored);
}

unsigned int explorations_exhausted(const struct explored_model *model)
{
	return (unsigned int)__builtin_popcountll(model->exhausted);
}

/* Returns whether the scenario with this index was explored, but not exhausted. */
static bool is_unexhausted(const struct explored_model *model, unsigned int scenario)
{
	return (model->explored & ~model->exhausted) >> scenario & 1;
}

int explore_unexhausted(struct verdict *const *verdicts, unsigned int nr,
    const struct verify_limits *limits, struct error *err)
{
	struct explorations e;

	if (start(&e, verdicts, limits, MAX_PARTS))
		return error_errno(err, "cannot explore");
	/* If there are too many, each implementation gets some of its scenarios explored. RC11
	 * comes last, because it is explored by executions. */
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		for (unsigned int i = 0; i < MAX_SCENARIOS; i++)
			for (unsigned int v = 0; v < nr; v++)
				if (is_unexhausted(&verdicts[v]->models[m], i))
					add_part(&e, v,
					    &find_explored(verdicts[v]->instance)
						 ->family->scenarios[i],
					    (enum memory_model)m);
	for (struct part *part = e.parts; part < e.parts + e.n; part++)
		if (!states_possible(part->impl->family, part->options.model))
			part->behind = EXECUTIONS_BEHIND;
	return run(&e, err);
}
