/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/families/families.h"
#include "bench/options/options.h"
#include "bench/verification/misuse_run.h"

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: all but an\n"
	"implementation's variants and the negative controls)",
	OPTION_TEXTS(struct misuse_request, impls, nr_impls)},
    {"json", NULL, "as JSON", OPTION_FLAG(struct misuse_request, json)},
    {0},
};

static const struct command command = {
    .name = "misuse",
    .synopsis = "[OPTION...]",
    .summary =
	"The workload of callers that break the rules: unpaired, double and wrong-kind releases,\n"
	"double claims, a device driven without being bound. For each implementation: was the "
	"call\n"
	"answered with an error (detected) or not (silent), and is the group then intact, open to\n"
	"a conflicting owner, or leaked. Exit status 1: something could not be run.",
    .example = "ownbench misuse --impl=mutex_count,list_walk",
    .options = options,
};

int cmd_misuse(int argc, char **argv)
{
	struct misuse_request request = {0};
	int first, status = options_parse(&command, argc, argv, &request, &first);
	struct error err;

	if (status == PARSED &&
	    family_check_patterns(&families[0], request.impls, request.nr_impls, &err)) {
		command_error(command.name, &err);
		status = EXIT_USAGE;
	}
	if (status == PARSED)
		status = misuse_run(&request);
	options_free(&command, &request);
	return status;
}
