/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/commands/commands.h"
#include "bench/families/families.h"
#include "bench/families/registry.h"
#include "bench/options/options.h"
#include "harness/explore/example.h"
#include "harness/explore/parallel.h"

enum { ALL_MODELS = MODEL_TSO + 1 };

struct explore_command {
	const struct bench_family *family; /* NULL: not said */
	const char *impl, *scenario, *save, *replay;
	int model; /* enum memory_model, or ALL_MODELS */
	uint64_t processes, max_executions, spin;
	unsigned int saved;         /* faults of the worst exploration so far */
	struct lockorder locks;     /* of the implementation, in all scenarios, */
	const struct site *dead_at; /* and where what was freed was used */
	double budget;
	bool no_reduction, write_once, list;
};

static bool is_listed(const struct explore_command *c)
{
	for (size_t i = 0; i < *c->family->nr_instances; i++) {
		if (!strcmp(c->family->instances[i]->name, c->impl))
			return true;
	}
	return false;
}

static int not_explored(const struct explore_command *c, struct error *err)
{
	if (is_listed(c))
		return error_set(err,
		    "--impl: %s is not explored: impl/README.md, \"What the explorer sees\"",
		    c->impl);
	return error_set(err, "--impl: no such implementation: %s; --list --family=%s lists them",
	    c->impl, c->family->family->name);
}

/* When the family is known, too. */
static int check(const struct explore_command *c, struct error *err)
{
	if (strcmp(c->impl, "all") && !explored_find(c->family->explored, c->impl))
		return not_explored(c, err);
	if (strcmp(c->scenario, "all") && !scenario_find(c->family->explore, c->scenario))
		return error_set(err,
		    "--scenario: no such scenario: %s; --list --family=%s lists them", c->scenario,
		    c->family->family->name);
	if (c->write_once && c->family->explore != &explore_ownership)
		return error_set(err, "--write-once is of --family=ownership, whose driver core "
				      "stores to dev->driver");
	return 0;
}

static const char *const models[] = {
    [MODEL_SC] = "sc", [MODEL_TSO] = "tso", [ALL_MODELS] = "all", NULL};

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure", "the problem (default: ownership)",
	OPTION_FUNCTION(struct explore_command, family, family_option)},
    {"impl", "NAME", "the implementation, or all (the default)",
	OPTION_TEXT(struct explore_command, impl, NULL)},
    {"scenario", "NAME", "the scenario, or all (the default)",
	OPTION_TEXT(struct explore_command, scenario, NULL)},
    {"model", "sc|tso|all", "sequential consistency, x86 store buffers, or both (the default)",
	OPTION_CHOICE(struct explore_command, model, models)},
    {"j", "N", "processes, one for each thread that can move first (default 1)",
	OPTION_UINT(struct explore_command, processes, 1, 64)},
    {"budget", "SECONDS", "for each exploration; what is then left makes it 'not exhausted'",
	OPTION_REAL(struct explore_command, budget, 0.01, 1e6)},
    {"max-executions", "N", "the same by number",
	OPTION_UINT(struct explore_command, max_executions, 1, UINT64_MAX)},
    {"spin", "N", "how often an operation may repeat a step before it is cut (default 8)",
	OPTION_UINT(struct explore_command, spin, 1, 100)},
    {"save", "FILE", "where the counterexample to the worst fault goes",
	OPTION_TEXT(struct explore_command, save, NULL)},
    {"replay", "FILE", "tells a saved counterexample step by step",
	OPTION_TEXT(struct explore_command, replay, NULL)},
    {"no-reduction", NULL, "every interleaving, in the order in time in which it ran",
	OPTION_FLAG(struct explore_command, no_reduction)},
    {"write-once", NULL,
	"the driver core stores to dev->driver relaxed, as with WRITE_ONCE(),\n"
	"and not as a release (claim C6)",
	OPTION_FLAG(struct explore_command, write_once)},
    {"list", NULL, "lists the implementations and the scenarios, of all families or of one",
	OPTION_FLAG(struct explore_command, list)},
    {0},
};

static const struct command command = {
    .name = "explore",
    .synopsis = "[OPTION...]",
    .summary =
	"Runs the source of an implementation under a scheduler that tries all interleavings of a\n"
	"small scenario, and judges every result. It also looks at the order in which locks are\n"
	"taken, over all of it, and for what has to be held, and tells of each lock the calls "
	"that\n"
	"led to it.\n"
	"Status 1: a fault beyond the declared class.",
    .example = "ownbench explore --impl=list_walk --scenario=two_removes --save=leak.txt",
    .options = options,
};

static void list_family(const struct bench_family *family)
{
	printf("family %s: %s\n", family->family->name, family->family->summary);
	for (const struct explored *const *i = family->explored; *i; i++)
		printf("%-24s %-9s %s\n", (*i)->name, impl_class_name((*i)->ops->class),
		    (*i)->ops->summary);
	putchar('\n');
	for (const struct scenario *s = family->explore->scenarios; s->name; s++) {
		printf("%-20s %s\n", s->name, s->summary);
		for (int t = 0; t < MAX_THREADS && s->threads[t]; t++)
			printf("%22s%s\n", "", s->threads[t]);
	}
}

static int list(const struct bench_family *only)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (only && only != &families[i])
			continue;
		if (!only && i)
			putchar('\n');
		list_family(&families[i]);
	}
	return EXIT_OK;
}

static void print_faults(unsigned int faults)
{
	const char *before = "";

	for (; faults; faults &= faults - 1, before = ",")
		printf("%s%s", before, fault_name((enum fault)(faults & -faults)));
}

/* -- replay -- */

/* What the example is of; NULL with an error that has its line. */
static const struct scenario *find_example(const char *path, const struct example *example,
    const struct explored **impl, struct error *err)
{
	const struct bench_family *family = family_find(example->family);
	const struct scenario *scenario;

	if (!family) {
		error_set(err, "%s:2: no such family: %s", path, example->family);
		return NULL;
	}
	*impl = explored_find(family->explored, example->impl);
	if (!*impl) {
		error_set(err, "%s:3: no such implementation: %s; --list lists them", path,
		    example->impl);
		return NULL;
	}
	scenario = scenario_find(family->explore, example->scenario);
	if (!scenario)
		error_set(
		    err, "%s:4: no such scenario: %s; --list lists them", path, example->scenario);
	return scenario;
}

static int replay(const char *path)
{
	static struct lockorder locks;
	const struct explored *impl = NULL;
	const struct scenario *scenario = NULL;
	struct explore_options options;
	struct example example;
	struct error err;
	unsigned int faults;

	if (!example_load(path, &example, &err))
		scenario = find_example(path, &example, &impl, &err);
	if (!scenario) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	printf("%s, %s: %s, %s%s\n", impl->name, scenario->name, scenario->summary,
	    model_name(example.model), example.write_once ? ", WRITE_ONCE()" : "");
	options = (struct explore_options){
	    .model = example.model, .write_once = example.write_once, .replayed = &locks};
	if (explore_replay(
		impl, scenario, &options, &example.schedule, example_tell, &faults, &err)) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	printf("faults: ");
	print_faults(faults);
	printf("%s\n", faults ? "" : "none");
	lockorder_print(stdout, &locks);
	return faults ? EXIT_CHECK_FAILED : EXIT_OK;
}

/* -- exploring -- */

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
		printf(" (%llu cut: spinning, or too long)", (unsigned long long)r->cut);
	if (r->faults) {
		printf("  ");
		print_faults(r->faults);
	}
	putchar('\n');
}

/* The worst kind of fault is the last one. */
static int save(struct explore_command *c, const struct explored *impl,
    const struct scenario *scenario, enum memory_model model, const struct explore_result *r)
{
	struct example example = {.model = model, .write_once = c->write_once};
	struct error err;
	int worst;

	if (!c->save || r->faults <= c->saved)
		return EXIT_OK;
	c->saved = r->faults;
	worst = 31 - __builtin_clz(r->faults);
	if (!r->examples[worst].n) {
		error_set(&err, "%s: nothing is saved: no one execution shows %s, several do",
		    c->save, fault_name((enum fault)(1 << worst)));
		command_error(command.name, &err);
		return EXIT_CHECK_FAILED;
	}
	snprintf(example.family, sizeof(example.family), "%s", impl->family->name);
	snprintf(example.impl, sizeof(example.impl), "%s", impl->name);
	snprintf(example.scenario, sizeof(example.scenario), "%s", scenario->name);
	snprintf(example.fault, sizeof(example.fault), "%s", fault_name((enum fault)(1 << worst)));
	example.schedule = r->examples[worst];
	example.locks = &r->locks;
	if (!example_save(c->save, &example, &err))
		return EXIT_OK;
	command_error(command.name, &err);
	return EXIT_CHECK_FAILED;
}

static int explore_one(struct explore_command *c, const struct explored *impl,
    const struct scenario *scenario, enum memory_model model)
{
	struct explore_options o = {.model = model,
	    .no_reduction = c->no_reduction,
	    .write_once = c->write_once,
	    .budget = c->budget,
	    .max_executions = c->max_executions,
	    .spin_bound = (unsigned int)c->spin};
	static struct explore_result result;
	struct error err;
	int status;

	if (explore_parallel(impl, scenario, &o, (unsigned int)c->processes,
		isatty(STDERR_FILENO) ? show : NULL, &result, &err)) {
		command_error(command.name, &err);
		return EXIT_CHECK_FAILED;
	}
	print_result(impl, scenario, model, &result);
	fflush(stdout);
	lockorder_merge(&c->locks, &result.locks);
	if (result.dead_at)
		c->dead_at = result.dead_at;
	status = save(c, impl, scenario, model, &result);
	return explore_contradicts(impl, result.faults) ? EXIT_CHECK_FAILED : status;
}

static int explore_impl(struct explore_command *c, const struct explored *impl)
{
	int status = EXIT_OK;

	c->locks = (struct lockorder){0};
	c->dead_at = NULL;
	for (const struct scenario *s = impl->family->scenarios; s->name; s++) {
		if (strcmp(c->scenario, "all") && strcmp(c->scenario, s->name))
			continue;
		for (int model = MODEL_SC; model <= MODEL_TSO; model++)
			if (c->model == model || c->model == ALL_MODELS)
				status |= explore_one(c, impl, s, (enum memory_model)model);
	}
	lockorder_print(stdout, &c->locks);
	if (c->dead_at) {
		printf("what was freed is used: ");
		site_print(stdout, c->dead_at);
		putchar('\n');
	}
	if (explore_contradicts(impl, explore_lock_faults(&c->locks)))
		status |= EXIT_CHECK_FAILED;
	return status;
}

static int explore_selected(struct explore_command *c)
{
	int status = EXIT_OK;

	for (const struct explored *const *i = c->family->explored; *i; i++) {
		if (!strcmp(c->impl, (*i)->name) ||
		    (!strcmp(c->impl, "all") && (*i)->ops->class != CLASS_NONE))
			status |= explore_impl(c, *i);
	}
	return status;
}

int cmd_explore(int argc, char **argv)
{
	struct explore_command c = {
	    .impl = "all", .scenario = "all", .model = ALL_MODELS, .processes = 1};
	int first, status = options_parse(&command, argc, argv, &c, &first);
	struct error err;

	if (status != PARSED)
		return status;
	if (c.list)
		return list(c.family);
	if (c.replay)
		return replay(c.replay);
	if (!c.family)
		c.family = &families[0];
	if (!check(&c, &err))
		return explore_selected(&c);
	command_error(command.name, &err);
	return EXIT_USAGE;
}
