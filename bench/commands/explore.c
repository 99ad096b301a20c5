/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/exploration/exploration.h"
#include "bench/options/options.h"

struct explore_command {
	struct exploration_request request; /* family NULL: not given */
	const char *replay;
	bool list;
};

static const char *const models[] = {
    [MODEL_SC] = "sc", [MODEL_TSO] = "tso", [ALL_MODELS] = "all", NULL};

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure", "the problem (default: ownership)",
	OPTION_FUNCTION(struct explore_command, request.family, family_option)},
    {"impl", "NAME", "the implementation, or all (the default)",
	OPTION_TEXT(struct explore_command, request.impl, NULL)},
    {"scenario", "NAME", "the scenario, or all (the default)",
	OPTION_TEXT(struct explore_command, request.scenario, NULL)},
    {"model", "sc|tso|all", "sequential consistency, x86 store buffers, or both (the default)",
	OPTION_CHOICE(struct explore_command, request.model, models)},
    {"j", "N", "processes, one for each thread that can move first (default 1)",
	OPTION_UINT(struct explore_command, request.processes, 1, 64)},
    {"budget", "SECONDS", "for each exploration; what is then left makes it 'not exhausted'",
	OPTION_REAL(struct explore_command, request.budget, 0.01, 1e6)},
    {"max-executions", "N", "the same by number",
	OPTION_UINT(struct explore_command, request.max_executions, 1, UINT64_MAX)},
    {"spin", "N", "how often an operation may repeat a step before it is cut (default 8)",
	OPTION_UINT(struct explore_command, request.spin, 1, 100)},
    {"save", "FILE", "where the counterexample to the worst fault goes",
	OPTION_TEXT(struct explore_command, request.save, NULL)},
    {"replay", "FILE", "tells a saved counterexample step by step",
	OPTION_TEXT(struct explore_command, replay, NULL)},
    {"no-reduction", NULL, "every interleaving, in the order in time in which it ran",
	OPTION_FLAG(struct explore_command, request.no_reduction)},
    {"write-once", NULL,
	"the driver core stores to dev->driver relaxed, as with WRITE_ONCE(),\n"
	"and not as a release (claim C6)",
	OPTION_FLAG(struct explore_command, request.write_once)},
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

/* Returns the exit status, or -1 with the error set. */
static int explore_or_replay(struct explore_command *c, struct error *err)
{
	if (c->replay)
		return exploration_replay(c->replay, err);
	if (!c->request.family)
		c->request.family = &families[0];
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
