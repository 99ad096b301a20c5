/* SPDX-License-Identifier: MIT */
#include "bench/exploration/exploration.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/families/registry.h"
#include "bench/options/options.h"
#include "harness/explore/data_race.h"
#include "harness/explore/example.h"
#include "harness/explore/parallel.h"

static bool is_listed(const struct exploration_request *request)
{
	for (size_t i = 0; request->family->instances[i]; i++) {
		if (!strcmp(request->family->instances[i]->name, request->impl))
			return true;
	}
	return false;
}

static int not_explored(const struct exploration_request *request, struct error *err)
{
	const char *why = explored_unseen(request->family->unseen, request->impl);

	if (is_listed(request))
		return error_set(err,
		    "--impl=%s: not explored%s%s; see \"What the explorer sees\" in impl/README.md",
		    request->impl, why ? ": " : "", why ? why : "");
	return error_set(err,
	    "--impl=%s: no such implementation; 'ownbench explore --list --family=%s' lists them",
	    request->impl, request->family->family->name);
}

static int add_bounds(void *field, const char *item, struct error *err)
{
	if (program_bounds_add(field, item))
		return 0;
	return error_set(err,
	    "--generate=%s: must be THREADSxOPERATIONS, such as 2x3: %d to %d threads of 1 to "
	    "%d operations each",
	    item, MIN_GENERATED, MAX_THREADS, MAX_GENERATED);
}

int exploration_bounds_option(void *field, const char *value, struct error *err)
{
	return option_each_item(value, add_bounds, field, err);
}

static bool generates(const struct exploration_request *request)
{
	char text[BOUNDS_TEXT];

	return *program_bounds_text(&request->generate, text) != '-';
}

static int check_scenario(const struct exploration_request *request, struct error *err)
{
	struct program_text program;
	struct error why;

	if (!strcmp(request->scenario, "all"))
		return 0;
	if (generates(request))
		return error_set(err, "--generate cannot be combined with --scenario, which "
				      "selects a single program");
	if (scenario_find_or_read(request->family->explore, request->scenario, &program, &why))
		return 0;
	return error_set(err, "--scenario: %.400s", why.text);
}

int exploration_check(const struct exploration_request *request, struct error *err)
{
	if (strcmp(request->impl, "all") &&
	    !explored_find(request->family->explored, request->impl))
		return not_explored(request, err);
	if (check_scenario(request, err))
		return -1;
	if (generates(request) && request->processes > 1)
		return error_set(
		    err, "--generate cannot be combined with -j, because it uses one process");
	if (request->write_once && !request->family->explore->stores_driver)
		return error_set(err,
		    "--write-once cannot be combined with --family=%s, where nothing stores to "
		    "dev->driver",
		    request->family->family->name);
	return 0;
}

static void list_family(const struct bench_family *family)
{
	printf("family %s: %s\n", family->family->name, family->family->summary);
	for (const struct explored *const *i = family->explored; *i; i++)
		printf("%-24s %-9s %s\n", (*i)->name, impl_class_name((*i)->about->class),
		    (*i)->about->summary);
	putchar('\n');
	for (const struct scenario *s = family->explore->scenarios; s->name; s++) {
		printf("%-20s %s\n", s->name, s->summary);
		for (int t = 0; t < MAX_THREADS && s->threads[t]; t++)
			printf("%22s%s\n", "", s->threads[t]);
	}
}

void exploration_list(const struct bench_family *only)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (only && only != families[i])
			continue;
		if (!only && i)
			putchar('\n');
		list_family(families[i]);
	}
}

void exploration_print_faults(unsigned int faults)
{
	const char *before = "";

	for (; faults; faults &= faults - 1, before = ",")
		printf("%s%s", before, fault_name((enum fault)(faults & -faults)));
}

struct exploration {
	const struct exploration_request *request;
	unsigned int
	    saved; /* faults of the saved counterexample's exploration, as bits; 0: none saved */
	struct lockorder locks; /* the implementation's lock order, merged over all scenarios */
	const struct source_location *dead_at; /* where a scenario used freed memory, or NULL */
	const void *dead_pc;   /* return address of that use if it was a plain access, or NULL */
	struct data_race race; /* the first one found */
};

static void show(uint64_t executions)
{
	fprintf(stderr, "\r%llu executions\r", (unsigned long long)executions);
}

static void print_result(const struct explored *impl, const char *scenario, enum memory_model model,
    const struct explore_result *r)
{
	printf("%-24s %-20s %-4s %-9s %10llu executions %8.0f/s  %s", impl->name, scenario,
	    model_name(model), r->executions || r->states ? impl_class_name(r->class) : "-",
	    (unsigned long long)r->executions,
	    r->seconds > 0 ? (double)r->executions / r->seconds : 0,
	    r->exhausted ? "exhausted" : "NOT EXHAUSTED");
	if (r->states)
		printf(" after %llu states", (unsigned long long)r->states);
	if (r->cut)
		printf(" (%llu abandoned, because they were spinning or too long)",
		    (unsigned long long)r->cut);
	if (r->faults) {
		printf("  ");
		exploration_print_faults(r->faults);
	}
}

/* Saves a counterexample of the worst fault, which is the highest bit of r->faults, unless an
 * earlier exploration had faults as bad. Returns an exit status. */
static int save(struct exploration *e, const struct explored *impl, const char *scenario,
    enum memory_model model, const struct explore_result *r)
{
	struct example example = {.model = model, .write_once = e->request->write_once};
	struct error err;
	int worst;

	if (!e->request->save || r->faults <= e->saved)
		return EXIT_OK;
	e->saved = r->faults;
	worst = 31 - __builtin_clz(r->faults);
	if (!r->examples[worst].n) {
		error_set(&err,
		    "%s: not saved: %s appears only across several executions, never in a single "
		    "one",
		    e->request->save, fault_name((enum fault)(1 << worst)));
		command_error("explore", &err);
		return EXIT_CHECK_FAILED;
	}
	snprintf(example.family, sizeof(example.family), "%s", impl->family->name);
	snprintf(example.impl, sizeof(example.impl), "%s", impl->name);
	snprintf(example.scenario, sizeof(example.scenario), "%s", scenario);
	snprintf(example.fault, sizeof(example.fault), "%s", fault_name((enum fault)(1 << worst)));
	example.schedule = r->examples[worst];
	example.locks = &r->locks;
	if (!example_save(e->request->save, &example, &err))
		return EXIT_OK;
	command_error("explore", &err);
	return EXIT_CHECK_FAILED;
}

static struct explore_options options_of(const struct exploration *e, enum memory_model model)
{
	return (struct explore_options){.model = model,
	    .no_reduction = e->request->no_reduction,
	    .write_once = e->request->write_once,
	    .budget = e->request->budget,
	    .max_executions = e->request->max_executions,
	    .spin_bound = (unsigned int)e->request->spin};
}

/* `hung` describes where the design hung; it is empty if it did not. */
static int report_error(const struct error *err, const char *hung)
{
	command_error("explore", err);
	fputs(hung, stderr);
	return EXIT_CHECK_FAILED;
}

/* Records the result of a scenario, or of generated programs. `worst` names the scenario or program
 * that shows the worst fault. Returns the exit status. */
static int keep_result(struct exploration *e, const struct explored *impl, const char *worst,
    enum memory_model model, const struct explore_result *result)
{
	int status;

	fflush(stdout);
	lockorder_merge(&e->locks, &result->locks);
	if (result->dead_at) {
		e->dead_at = result->dead_at;
		e->dead_pc = result->dead_pc;
	}
	if (!e->race.found)
		e->race = result->race;
	status = save(e, impl, worst, model, result);
	return explore_contradicts(impl, model, result->faults) ? EXIT_CHECK_FAILED : status;
}

static int explore_one(struct exploration *e, const struct explored *impl,
    const struct scenario *scenario, enum memory_model model)
{
	const struct explore_options options = options_of(e, model);
	static struct explore_result result;
	struct error err;

	if (explore_parallel(impl, scenario, &options, (unsigned int)e->request->processes,
		isatty(STDERR_FILENO) ? show : NULL, &result, &err))
		return report_error(&err, result.hung);
	print_result(impl, scenario->name, model, &result);
	putchar('\n');
	return keep_result(e, impl, scenario->name, model, &result);
}

/* Prints the first program that shows each fault, in the form that `explore --scenario=PROGRAM`
 * accepts. */
static void print_programs(const struct programs_result *r)
{
	char complete[BOUNDS_TEXT];

	printf("\n    %llu programs; ", (unsigned long long)r->programs);
	if (*program_bounds_text(&r->complete, complete) == '-')
		printf("no size was exhausted\n");
	else
		printf("all programs up to %s were exhausted\n", complete);
	for (unsigned int left = r->all.faults; left; left &= left - 1) {
		const char *program = r->shows[__builtin_ctz(left)];

		printf("    %s: %s\n", fault_name((enum fault)(left & -left)),
		    *program ? program : "several programs together");
	}
}

static int explore_generated(
    struct exploration *e, const struct explored *impl, enum memory_model model)
{
	const struct explore_options options = options_of(e, model);
	static struct programs_result result;
	char bounds[BOUNDS_TEXT];
	struct error err;
	int worst;

	if (explore_programs_in_child(impl, &e->request->generate, &options,
		isatty(STDERR_FILENO) ? show : NULL, &result, &err))
		return report_error(&err, result.all.hung);
	print_result(impl, program_bounds_text(&e->request->generate, bounds), model, &result.all);
	print_programs(&result);
	worst = result.all.faults ? 31 - __builtin_clz(result.all.faults) : 0;
	return keep_result(e, impl, result.shows[worst], model, &result.all);
}

static int explore_models(
    struct exploration *e, const struct explored *impl, const struct scenario *scenario)
{
	int status = EXIT_OK;

	for (int i = 0; i < NR_MEMORY_MODELS; i++) {
		const enum memory_model model = (enum memory_model)i;

		if (exploration_has_model(e->request, i))
			status |= scenario ? explore_one(e, impl, scenario, model)
			                   : explore_generated(e, impl, model);
	}
	return status;
}

static int explore_scenarios(struct exploration *e, const struct explored *impl)
{
	const struct scenario *all = impl->family->scenarios;
	struct program_text program;
	struct error ignored; /* exploration_check() has checked the name */
	int status = EXIT_OK;

	if (generates(e->request))
		return explore_models(e, impl, NULL);
	if (strcmp(e->request->scenario, "all"))
		return explore_models(e, impl,
		    scenario_find_or_read(impl->family, e->request->scenario, &program, &ignored));
	for (; all->name; all++)
		status |= explore_models(e, impl, all);
	return status;
}

static int explore_impl(struct exploration *e, const struct explored *impl)
{
	int status;

	e->locks = (struct lockorder){0};
	e->dead_at = NULL;
	e->race.found = false;
	status = explore_scenarios(e, impl);
	lockorder_print(stdout, &e->locks);
	if (e->dead_at)
		data_race_print_dead(stdout, e->dead_pc, e->dead_at);
	data_race_print(stdout, &e->race);
	if (explore_contradicts(impl, MODEL_SC, explore_lock_faults(&e->locks)))
		status |= EXIT_CHECK_FAILED;
	return status;
}

int exploration_run(const struct exploration_request *request)
{
	struct exploration e = {.request = request};
	int status = EXIT_OK;

	for (const struct explored *const *i = request->family->explored; *i; i++) {
		if (!strcmp(request->impl, (*i)->name) ||
		    (!strcmp(request->impl, "all") && (*i)->about->class != CLASS_NONE))
			status |= explore_impl(&e, *i);
	}
	return status;
}
