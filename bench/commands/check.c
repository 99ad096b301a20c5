/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/verification/check_histories.h"

enum { FILES_MAX = 65536 };

static const char *const specs[] = {
    [HISTORY_EXACT] = "exact", [HISTORY_CAUTIOUS] = "cautious", NULL};

static const struct option_spec options[] = {
    {"spec", "SPEC",
	"Accept a refusal only if a conflicting holder explains it (exact), or\n"
	"always (cautious) (default: exact)",
	OPTION_CHOICE(struct check_request, spec, specs)},
    {"timeline", "FILE", "Draw the unexplained window of the last illegal history in FILE.html",
	OPTION_TEXT(struct check_request, timeline, NULL)},
    {"json", NULL, "Print a line of JSON for each file", OPTION_FLAG(struct check_request, json)},
    {0},
};

static const struct command command = {
    .name = "check",
    .synopsis = "[OPTION...] FILE...",
    .summary =
	"Check recorded histories for linearizability, separately for each group, provider or\n"
	"device. All histories of a file belong to one family. results/HISTORY.md describes the\n"
	"format.\n"
	"\n"
	"Exit status 0: all histories are legal; 1: a history is illegal, and its shortest\n"
	"unexplained window is shown; 2: a file is malformed; 3: no history is illegal, but one\n"
	"could not be decided.",
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
