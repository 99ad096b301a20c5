/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "harness/memory.h"
#include "harness/record/merge.h"

enum { MAX_MACHINES = 1000 };

static const struct option_spec options[] = {{0}};

static const struct command command = {
    .name = "merge",
    .synopsis = "OUT [NAME=]DIR...",
    .summary =
	"Merges sweeps of several machines into the new directory OUT, which report, compare\n"
	"and plot read as one sweep. Each run has /machine:NAME behind its name, so that only\n"
	"runs of one machine are held against each other; NAME is the last part of DIR unless\n"
	"given. Each sweep is in OUT/machines/NAME as it was: compare takes two of those, too.\n"
	"The same sweep twice, or a copy of it, is refused. Prints OUT.",
    .example = "ownbench merge both old=results/sweeps/xeon new=results/sweeps/epyc",
    .options = options,
    .max_arguments = 1 + MAX_MACHINES,
};

/* What stands before '=', unless that is in a path. */
static char *given_name(const char *argument)
{
	const size_t len = strcspn(argument, "=/");

	return argument[len] == '=' ? strndup(argument, len) : NULL;
}

/* "." and "sweep/" have a last part, too. */
static char *last_part(const char *dir)
{
	char path[PATH_MAX];
	const char *full = realpath(dir, path) ? path : dir;
	const char *slash = strrchr(full, '/');

	return strdup(slash ? slash + 1 : full);
}

static enum merge_result merge(
    const char *out, char *const *arguments, size_t nr, struct error *err)
{
	struct merge_source *sources = allocate(nr, sizeof(*sources));
	char **names = allocate(nr, sizeof(*names));
	enum merge_result result;

	for (size_t i = 0; i < nr; i++) {
		names[i] = given_name(arguments[i]);
		sources[i].dir = names[i] ? strchr(arguments[i], '=') + 1 : arguments[i];
		if (!names[i])
			names[i] = last_part(arguments[i]);
		if (!names[i])
			abort(); /* a line */
		sources[i].name = names[i];
	}
	result = merge_sweeps(out, sources, nr, err);
	for (size_t i = 0; i < nr; i++)
		free(names[i]);
	free(names);
	free(sources);
	return result;
}

int cmd_merge(int argc, char **argv)
{
	enum merge_result result;
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, NULL, &first);

	if (status != PARSED)
		return status;
	if (argc - first < 2)
		return command_lacks(&command, first == argc
						   ? "the new directory and the sweeps are missing"
						   : "the directories of the sweeps are missing");
	result = merge(argv[first], argv + first + 1, (size_t)(argc - first - 1), &err);
	if (result != MERGED) {
		command_error(command.name, &err);
		return result == MERGE_REFUSED ? EXIT_USAGE : EXIT_CHECK_FAILED;
	}
	puts(argv[first]);
	return EXIT_OK;
}
