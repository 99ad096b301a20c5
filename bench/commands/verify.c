/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/verification/verify_all.h"

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure",
	"Verify the designs of this family (default: ownership)",
	OPTION_FUNCTION(struct verify_request, family, family_option)},
    {"impl", "A,B,..",
	"Verify these implementations: names, patterns such as\n"
	"'mutex_count<*>', or a base name such as 'rcu_driver' for every\n"
	"rcu_driver<..> (default: all without variants such as\n"
	"mutex_count<ck_mcs>). With --controls, the names are those of controls",
	OPTION_TEXTS(struct verify_request, impls, nr_impls)},
    {"budget", "SECONDS",
	"Spend this many seconds in total, a quarter of them on the controls\n"
	"(default: 60). Verification takes longer if the checkers need more\n"
	"time, about a second for each design and control, or if a declared\n"
	"fault has not been found by then",
	OPTION_REAL(struct verify_request, budget, 0.1, 86400)},
    {"controls", NULL,
	"Verify only the negative controls, and show which checker catches each\n"
	"of them, and how soon",
	OPTION_FLAG(struct verify_request, controls)},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct verify_request, json)},
    {0},
};

static const struct command command = {
    .name = "verify",
    .synopsis = "[OPTION...]",
    .summary =
	"Find the class of each implementation, and show the evidence. The checkers are a walk by\n"
	"one thread, audited runs, runs in which holders mark their group (witness), one-shot\n"
	"races, recorded histories, and exploration: first of scenarios, then of all programs up\n"
	"to the size that the budget allows. The negative controls run first: a checker's silence\n"
	"counts only for the kinds of fault that it catches in them.\n"
	"\n"
	"Exit status 1: a class differs from the declared one, a control was not caught, or an\n"
	"implementation crashed before it was checked to the end.",
    .examples = {"ownbench verify --impl=mutex_count --budget=5",
	"ownbench verify --impl=list_walk,mutex_count --json >verify.json"},
    .options = options,
};

int cmd_verify(int argc, char **argv)
{
	struct verify_request request = {.budget = 60, .family = families[0]};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &request, &first);

	if (status == PARSED && verify_request_check(&request, &err)) {
		command_error(command.name, &err);
		status = EXIT_USAGE;
	}
	if (status == PARSED)
		status = verify_all(&request);
	options_free(&command, &request);
	return status;
}
