/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/compare_arguments.h"

static const struct option_spec options[] = {
    {"metric", "NAME",
	"Compare a metric, such as probe_p99_ns or cycles_per_op\n"
	"(default: the throughput or time by which the workload is ranked)",
	OPTION_TEXT(struct compare_options, metric, NULL)},
    {"filter", "REGEX",
	"Compare only runs whose name in benchmark.json matches this POSIX\n"
	"extended regular expression",
	OPTION_TEXT(struct compare_options, filter, NULL)},
    {"fail-if-slower", "PERCENT",
	"Exit with status 1 if the whole interval of some run of B is slower\n"
	"than A by more than PERCENT, or if a run could not be compared",
	OPTION_REAL(struct compare_options, fail_if_slower, 0, 100)},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct compare_options, json)},
    {0},
};

static const struct command command = {
    .name = "compare",
    .synopsis = "[OPTION...] A B | DIR IMPL IMPL",
    .summary =
	"Compare two sweeps, or two implementations of one sweep, point by point. For each point,\n"
	"print the ratio of B to A (above 1 if B is better), its 95% interval, and whether the\n"
	"two differ. \"No difference\" is printed only if a difference of 5% is ruled out.\n"
	"\n"
	"Implementations of one sweep are compared round by round, as in its report. Two sweeps\n"
	"are compared by the ratio of each run to the ceiling in the same round. Their intervals\n"
	"are wider by 1%, or by as much as the ceiling moved between the sweeps. Runs that failed\n"
	"their checks are listed but not compared.\n"
	"\n"
	"Exit status 1: only with --fail-if-slower.",
    .examples = {"ownbench compare before mutex_count packed_cas", "ownbench compare before after"},
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
		return command_lacks(
		    &command, "missing arguments: two sweeps, or a sweep and two implementations");
	status = compare_arguments(&chosen, argc - first, argv + first, &err);
	if (status < 0) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	return status;
}
