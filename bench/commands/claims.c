/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <sys/stat.h>

#include "bench/claims/claims_run.h"
#include "bench/commands/commands.h"
#include "bench/options/options.h"

struct claims_options {
	struct claims_request request;
	bool list;
};

static int make_plots(void *field, const char *value, struct error *err)
{
	if (mkdir(value, 0777) && errno != EEXIST)
		return error_errno(err, "--plots: cannot make %s", value);
	*(const char **)field = value;
	return 0;
}

static const struct option_spec options[] = {
    {"only", "C1,C3,..", "Test only these claims (default: all)",
	OPTION_FUNCTION(struct claims_options, request, claims_request_add)},
    {"quick", NULL, "Run fewer repetitions: all claims take less than a minute",
	OPTION_FLAG(struct claims_options, request.quick)},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct claims_options, request.json)},
    {"plots", "DIR", "Draw the curve of claim C2 and the sizes of real groups into DIR",
	OPTION_FUNCTION(struct claims_options, request.plots, make_plots)},
    {"list", NULL, "List the claims and their rules, and run nothing",
	OPTION_FLAG(struct claims_options, list)},
    {0},
};

static const struct command command = {
    .name = "claims",
    .synopsis = "[OPTION...]",
    .summary =
	"Test each claim of the debate by an experiment, and print the verdict: confirmed,\n"
	"refuted, the boundary at which the claim stops being true, or undecided on this machine.\n"
	"A rule, which is printed too, derives the verdict from the figures of this run.\n"
	"results/DEBATE.md explains the claims.\n"
	"\n"
	"Exit status 1: an experiment could not be run.",
    .examples = {"ownbench claims --list", "ownbench claims --only=C3,C8 --quick"},
    .options = options,
};

int cmd_claims(int argc, char **argv)
{
	struct claims_options o = {0};
	int first, status = options_parse(&command, argc, argv, &o, &first);

	if (status != PARSED)
		return status;
	if (!o.list)
		return claims_run(&o.request);
	claims_list(stdout);
	return EXIT_OK; /* main() reports write errors */
}
