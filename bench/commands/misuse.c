/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/families/families.h"
#include "bench/options/options.h"
#include "bench/verification/misuse_run.h"

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"Test these implementations: names, patterns such as\n"
	"'mutex_count<*>', or a base name such as 'rcu_driver' for every\n"
	"rcu_driver<..> (default: all without variants and negative controls)",
	OPTION_TEXTS(struct misuse_request, impls, nr_impls)},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct misuse_request, json)},
    {0},
};

static const struct command command = {
    .name = "misuse",
    .synopsis = "[OPTION...]",
    .summary =
	"Break the rules for callers: unpaired, double and wrong-kind releases, double claims,\n"
	"and a device that is used without being bound. For each implementation, show whether the\n"
	"call returned an error (detected) or not (silent), and whether the group is then intact,\n"
	"open to a conflicting owner, or leaked.\n"
	"\n"
	"Exit status 1: a misuse could not be run.",
    .examples = {"ownbench misuse --impl=mutex_count,list_walk",
	"ownbench misuse --json | jq -r '.mutex_count[] | select(.state != \"intact\") | .misuse'"},
    .options = options,
};

int cmd_misuse(int argc, char **argv)
{
	struct misuse_request request = {0};
	int first, status = options_parse(&command, argc, argv, &request, &first);
	struct error err;

	if (status == PARSED &&
	    family_check_patterns(families[0], request.impls, request.nr_impls, &err)) {
		command_error(command.name, &err);
		status = EXIT_USAGE;
	}
	if (status == PARSED)
		status = misuse_run(&request);
	options_free(&command, &request);
	return status;
}
