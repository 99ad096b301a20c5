/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/sweep/merge_named.h"

enum { MAX_MACHINES = 1000 };

static const struct option_spec options[] = {{0}};

static const struct command command = {
    .name = "merge",
    .synopsis = "OUT [NAME=]DIR...",
    .summary =
	"Merge the sweeps of several machines into the new directory OUT, which report, compare\n"
	"and plot read as one sweep. Print OUT.\n"
	"\n"
	"The names of runs end with /machine:NAME, so that only runs of one machine are compared\n"
	"with each other. Without NAME=, the name is the last component of DIR. OUT/machines/NAME\n"
	"is a copy of each sweep, which compare accepts, too. A sweep that is given twice, or as\n"
	"a copy, is refused.",
    .examples = {"ownbench merge both before after", "ownbench merge named old=before new=after"},
    .options = options,
    .max_arguments = 1 + MAX_MACHINES,
};

int cmd_merge(int argc, char **argv)
{
	enum merge_result result;
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, NULL, &first);

	if (status != PARSED)
		return status;
	if (argc - first < 2)
		return command_lacks(
		    &command, first == argc ? "missing arguments: the new directory and the sweeps"
					    : "missing arguments: the directories of the sweeps");
	result =
	    merge_named_sweeps(argv[first], argv + first + 1, (size_t)(argc - first - 1), &err);
	if (result != MERGED) {
		command_error(command.name, &err);
		return result == MERGE_REFUSED ? EXIT_USAGE : EXIT_CHECK_FAILED;
	}
	puts(argv[first]);
	return EXIT_OK;
}
