/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/compare_arguments.h"

static const struct option_spec options[] = {
    {"metric", "NAME",
	"Compare a metric, such as probe_p99_ns or cycles_per_op\n"
	"(default: the throughput or time that a point is judged by)",
	OPTION_TEXT(struct compare_options, metric, NULL)},
    {"filter", "REGEX",
	"Compare only runs whose name in benchmark.json matches\n"
	"(POSIX extended)",
	OPTION_TEXT(struct compare_options, filter, NULL)},
    {"fail-if-slower", "PERCENT",
	"Exit with status 1 if a run of B is slower by more than this,\n"
	"by the near end of its interval, or could not be compared",
	OPTION_REAL(struct compare_options, fail_if_slower, 0, 100)},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct compare_options, json)},
    {0},
};

static const struct command command = {
    .name = "compare",
    .synopsis = "[OPTION...] A B | DIR IMPL IMPL",
    .summary =
	"Compares two sweeps, or two implementations of one, point by point: how many times\n"
	"as good B is as A, the 95% interval, and whether they are told apart. \"No difference\"\n"
	"rules out one of 5%. Implementations of one sweep are compared round by round, as in\n"
	"its report. Two sweeps are compared by ratios to the ceiling of the same round, and\n"
	"intervals are wider by 1%, or by as much as the ceiling moved between them. Runs that\n"
	"failed their checks are named and not compared. Exit status 1 by --fail-if-slower only.",
    .example = "ownbench compare DIR mutex_count device_slots",
    .options = options,
    .max_arguments = 3,
};

int cmd_compare(int argc, char **argv)
{
	struct compare_options chosen = {.fail_if_slower = INFINITY};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &chosen, &first);

	if (status != PARSED)
		return status;
	if (argc - first < 2)
		return command_lacks(&command, "two sweeps, or one and two implementations");
	status = compare_arguments(&chosen, argc - first, argv + first, &err);
	if (status < 0) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	return status;
}
