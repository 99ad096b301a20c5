/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/verification/check_histories.h"

enum { FILES_MAX = 65536 };

static const char *const specs[] = {
    [HISTORY_EXACT] = "exact", [HISTORY_CAUTIOUS] = "cautious", NULL};

static const struct option_spec options[] = {
    {"spec", "SPEC",
	"exact: a refusal needs a conflicting holder; cautious: ownership's\n"
	"refusals are right at any time (default: exact)",
	OPTION_CHOICE(struct check_request, spec, specs)},
    {"timeline", "FILE",
	"write a page, FILE.html, that draws the window which nothing explains,\n"
	"of the last illegal history",
	OPTION_TEXT(struct check_request, timeline, NULL)},
    {"json", NULL, "as JSON, a line for each file", OPTION_FLAG(struct check_request, json)},
    {0},
};

static const struct command command = {
    .name = "check",
    .synopsis = "[OPTION...] FILE...",
    .summary =
	"Checks recorded histories (results/HISTORY.md) for linearizability, group by group, or\n"
	"provider by provider, or device by device; a file is of one family.\n"
	"Exit status 0: all are legal; 1: one is illegal, and its shortest unexplained window is\n"
	"shown; 2: a file is malformed; 3: none is illegal, but one could not be decided.",
    .example = "ownbench check --timeline=window.html sweep/history-1234.jsonl",
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
		return command_lacks(&command, "no FILE");
	return check_histories(&request, argv + first, argc - first);
}
