/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/verification/check_histories.h"

enum { FILES_MAX = 65536 };

static const char *const specs[] = {
    [HISTORY_EXACT] = "exact", [HISTORY_CAUTIOUS] = "cautious", NULL};

static const struct option_spec options[] = {
    {"spec", "SPEC",
	"Require that a refusal has a conflicting holder (exact), or accept\n"
	"any refusal of ownership (cautious) (default: exact)",
	OPTION_CHOICE(struct check_request, spec, specs)},
    {"timeline", "FILE",
	"Write a page to FILE.html that draws the unexplained window of the\n"
	"last illegal history",
	OPTION_TEXT(struct check_request, timeline, NULL)},
    {"json", NULL, "Print JSON, a line for each file", OPTION_FLAG(struct check_request, json)},
    {0},
};

static const struct command command = {
    .name = "check",
    .synopsis = "[OPTION...] FILE...",
    .summary =
	"Check recorded histories for linearizability, each group, provider or device by itself.\n"
	"results/HISTORY.md describes the format; a file holds one family.\n"
	"\n"
	"Exit status 0: all are legal; 1: one is illegal, and its shortest unexplained window is\n"
	"shown; 2: a file is malformed; 3: none is illegal, but one could not be decided.",
    .examples = {"ownbench run --impl=snzi --workload=query --check=history --save-histories "
		 "--budget=1 --out=logs",
	"ownbench check logs/history-*.jsonl"},
    .max_arguments = FILES_MAX,
    .options = options,
};

int cmd_check(int argc, char **argv)
{
	struct check_request request = {0};
	int first;
	int status = options_parse(&command, argc, argv, &request, &first);

	if (status != PARSED)
		return status;
	if (first == argc)
		return command_lacks(&command, "missing argument: a FILE");
	return check_histories(&request, argv + first, argc - first);
}
