/* SPDX-License-Identifier: MIT */
#include "bench/exploration/exploration.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/families/registry.h"
#include "bench/options/options.h"
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
	return error_set(err, "--impl: no such implementation: %s; --list --family=%s lists them",
	    request->impl, request->family->family->name);
}

int exploration_check(const struct exploration_request *request, struct error *err)
{
	if (strcmp(request->impl, "all") &&
	    !explored_find(request->family->explored, request->impl))
		return not_explored(request, err);
	if (strcmp(request->scenario, "all") &&
	    !scenario_find(request->family->explore, request->scenario))
		return error_set(err,
		    "--scenario: no such scenario: %s; --list --family=%s lists them",
		    request->scenario, request->family->family->name);
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
	unsigned int saved;     /* the highest set of faults so far, as bits; 0: none */
	struct lockorder locks; /* lock order of the implementation, merged over all scenarios */
	const struct source_location
	    *dead_at; /* where freed memory was used in any scenario, or NULL */
};

static void show(uint64_t executions)
{
	fprintf(stderr, "\r%llu executions\r", (unsigned long long)executions);
}

static void print_result(const struct explored *impl, const struct scenario *scenario,
    enum memory_model model, const struct explore_result *r)
{
	printf("%-24s %-20s %-4s %-9s %10llu executions %8.0f/s  %s", impl->name, scenario->name,
	    model_name(model), r->executions ? impl_class_name(r->class) : "-",
	    (unsigned long long)r->executions,
	    r->seconds > 0 ? (double)r->executions / r->seconds : 0,
	    r->exhausted ? "exhausted" : "NOT EXHAUSTED");
	if (r->cut)
		printf(" (%llu abandoned: spinning, or too long)", (unsigned long long)r->cut);
	if (r->faults) {
		printf("  ");
		exploration_print_faults(r->faults);
	}
	putchar('\n');
}

/* Saves a counterexample of the worst fault, which is the highest bit of r->faults, if these are
 * worse than the faults of earlier explorations. Returns an exit status. */
static int save(struct exploration *e, const struct explored *impl, const struct scenario *scenario,
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
		    "%s: not saved: %s appears only across several executions, never in one",
		    e->request->save, fault_name((enum fault)(1 << worst)));
		command_error("explore", &err);
		return EXIT_CHECK_FAILED;
	}
	snprintf(example.family, sizeof(example.family), "%s", impl->family->name);
	snprintf(example.impl, sizeof(example.impl), "%s", impl->name);
	snprintf(example.scenario, sizeof(example.scenario), "%s", scenario->name);
	snprintf(example.fault, sizeof(example.fault), "%s", fault_name((enum fault)(1 << worst)));
	example.schedule = r->examples[worst];
	example.locks = &r->locks;
	if (!example_save(e->request->save, &example, &err))
		return EXIT_OK;
	command_error("explore", &err);
	return EXIT_CHECK_FAILED;
}

static int explore_one(struct exploration *e, const struct explored *impl,
    const struct scenario *scenario, enum memory_model model)
{
	struct explore_options o = {.model = model,
	    .no_reduction = e->request->no_reduction,
	    .write_once = e->request->write_once,
	    .budget = e->request->budget,
	    .max_executions = e->request->max_executions,
	    .spin_bound = (unsigned int)e->request->spin};
	static struct explore_result result;
	struct error err;
	int status;

	if (explore_parallel(impl, scenario, &o, (unsigned int)e->request->processes,
		isatty(STDERR_FILENO) ? show : NULL, &result, &err)) {
		command_error("explore", &err);
		fputs(result.hung, stderr);
		return EXIT_CHECK_FAILED;
	}
	print_result(impl, scenario, model, &result);
	fflush(stdout);
	lockorder_merge(&e->locks, &result.locks);
	if (result.dead_at)
		e->dead_at = result.dead_at;
	status = save(e, impl, scenario, model, &result);
	return explore_contradicts(impl, model, result.faults) ? EXIT_CHECK_FAILED : status;
}

static int explore_impl(struct exploration *e, const struct explored *impl)
{
	int status = EXIT_OK;

	e->locks = (struct lockorder){0};
	e->dead_at = NULL;
	for (const struct scenario *s = impl->family->scenarios; s->name; s++) {
		if (strcmp(e->request->scenario, "all") && strcmp(e->request->scenario, s->name))
			continue;
		for (int model = 0; model < NR_MEMORY_MODELS; model++)
			if (exploration_has_model(e->request, model))
				status |= explore_one(e, impl, s, (enum memory_model)model);
	}
	lockorder_print(stdout, &e->locks);
	if (e->dead_at) {
		printf("freed memory is used: ");
		source_location_print(stdout, e->dead_at);
		putchar('\n');
	}
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
