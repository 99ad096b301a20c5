/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/exploration/exploration.h"
#include "bench/options/options.h"

struct explore_command {
	struct exploration_request request; /* request.family is NULL unless --family was given */
	const char *replay, *litmus;
	bool list;
};

static const char *const models[] = {
    [MODEL_SC] = "sc", [MODEL_TSO] = "tso", [MODEL_RC11] = "rc11", [ALL_MODELS] = "all", NULL};

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure",
	"Explore the designs of this family (default: ownership)",
	OPTION_FUNCTION(struct explore_command, request.family, family_option)},
    {"impl", "NAME", "Explore this implementation (default: all)",
	OPTION_TEXT(struct explore_command, request.impl, NULL)},
    {"scenario", "NAME|PROGRAM",
	"Explore this scenario (default: all), or a program such as\n"
	"'probe:0 remove:0 | claim:A release': the steps of each thread",
	OPTION_TEXT(struct explore_command, request.scenario, NULL)},
    {"generate", "THREADSxOPERATIONS,..",
	"Explore all programs of this size instead of scenarios. 2x3,3x2 means\n"
	"all programs of 2 threads with up to 3 operations each, and of 3\n"
	"threads with up to 2, smallest first. --budget then limits all of them\n"
	"together",
	OPTION_FUNCTION(struct explore_command, request.generate, exploration_bounds_option)},
    {"model", "sc|tso|rc11|all",
	"Use sequential consistency (sc), x86 store buffers (tso), repaired C11\n"
	"(rc11), or all three (default: all)",
	OPTION_CHOICE(struct explore_command, request.model, models)},
    {"j", "N",
	"Use up to this many processes, one for each thread that can make the\n"
	"first step (default: 1)",
	OPTION_UINT(struct explore_command, request.processes, 1, 64)},
    {"budget", "SECONDS",
	"Stop an exploration after this many seconds of CPU time, and report it\n"
	"as not exhausted (default: no limit)",
	OPTION_REAL(struct explore_command, request.budget, 0.01, 1e6)},
    {"max-executions", "N",
	"Stop an exploration after this many executions and states (default: no\n"
	"limit)",
	OPTION_UINT(struct explore_command, request.max_executions, 1, UINT64_MAX)},
    {"spin", "N",
	"Abandon an execution in which an operation repeats a step more often\n"
	"than this (default: 8)",
	OPTION_UINT(struct explore_command, request.spin, 1, 100)},
    {"save", "FILE", "Write the counterexample of the worst fault to FILE",
	OPTION_TEXT(struct explore_command, request.save, NULL)},
    {"replay", "FILE", "Show a saved counterexample step by step",
	OPTION_TEXT(struct explore_command, replay, NULL)},
    {"litmus", "FILE",
	"Show which final states each model allows for this litmus test, a C\n"
	"file like those in the kernel's tools/memory-model/litmus-tests",
	OPTION_TEXT(struct explore_command, litmus, NULL)},
    {"no-reduction", NULL,
	"Try every interleaving, without partial-order reduction, and check\n"
	"results against the order in which the operations ran",
	OPTION_FLAG(struct explore_command, request.no_reduction)},
    {"write-once", NULL,
	"Let the driver core store to dev->driver with relaxed order, as\n"
	"WRITE_ONCE() does, instead of release order (claim C6)",
	OPTION_FLAG(struct explore_command, request.write_once)},
    {"list", NULL, "List the implementations and scenarios of all families, or of --family",
	OPTION_FLAG(struct explore_command, list)},
    {0},
};

static const struct command command = {
    .name = "explore",
    .synopsis = "[OPTION...]",
    .summary =
	"Run an implementation's source under a scheduler that tries all interleavings of small\n"
	"scenarios, and check every result. Over all executions, check the order of locks and\n"
	"whether each lock is held where it must be, and show the calls that led to a violation.\n"
	"\n"
	"Exit status 1: a fault beyond the declared class was found, or --replay reproduced a\n"
	"fault.",
    .examples = {"ownbench explore --impl=list_walk --scenario=two_removes --save=leak.txt",
	"ownbench explore --replay=leak.txt"},
    .options = options,
};

/* Returns the exit status, or -1 with the error set. */
static int explore_or_replay(struct explore_command *c, struct error *err)
{
	if (c->replay)
		return exploration_replay(c->replay, err);
	if (c->litmus)
		return exploration_litmus(&c->request, c->litmus, err);
	if (!c->request.family)
		c->request.family = families[0];
	if (exploration_check(&c->request, err))
		return -1;
	return exploration_run(&c->request);
}

int cmd_explore(int argc, char **argv)
{
	struct explore_command c = {
	    .request = {.impl = "all", .scenario = "all", .model = ALL_MODELS, .processes = 1}};
	int first, status = options_parse(&command, argc, argv, &c, &first);
	struct error err;

	if (status != PARSED)
		return status;
	if (c.list) {
		exploration_list(c.request.family);
		return EXIT_OK;
	}
	status = explore_or_replay(&c, &err);
	if (status >= 0)
		return status;
	command_error(command.name, &err);
	return EXIT_USAGE;
}
