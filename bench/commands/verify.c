/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/verification/verify_all.h"

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure", "the problem (default: ownership)",
	OPTION_FUNCTION(struct verify_request, family, family_option)},
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: all but an\n"
	"implementation's variants, as mutex_count<ck_mcs>); of the controls\n"
	"with --controls",
	OPTION_TEXTS(struct verify_request, impls, nr_impls)},
    {"budget", "SECONDS",
	"for everything together, a quarter of it for the controls (default:\n"
	"60); more where the least that each checker does takes more, a second\n"
	"or so for each design and control, and where a fault that is declared\n"
	"does not show in its share",
	OPTION_REAL(struct verify_request, budget, 0.1, 86400)},
    {"controls", NULL, "only the negative controls: which checker catches which, how soon",
	OPTION_FLAG(struct verify_request, controls)},
    {"json", NULL, "as JSON", OPTION_FLAG(struct verify_request, json)},
    {0},
};

static const struct command command = {
    .name = "verify",
    .synopsis = "[OPTION...]",
    .summary =
	"Finds out which class each implementation is in, and on what evidence: a walk of one\n"
	"thread, each answer against the contract's table; audited runs, the witness, one-shot\n"
	"races, recorded histories, exploration. The negative controls of the same build come\n"
	"first: a checker that finds nothing counts for as much as it caught.\n"
	"Exit status 1: a class differs from the declared one, a control was not caught, or one\n"
	"could not be checked to the end, as it crashes; the others are.",
    .example = "ownbench verify --impl=list_walk,mutex_count --budget=20",
    .options = options,
};

int cmd_verify(int argc, char **argv)
{
	struct verify_request request = {.budget = 60, .family = &families[0]};
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
