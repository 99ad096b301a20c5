/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/profile/profile_plan.h"
#include "harness/files/file.h"

/* A window long enough for some thousand samples. */
static const double DURATION = 2;

static const char *const modes[] = {
    [PROFILE_RECORD] = "record", [PROFILE_STAT] = "stat", [PROFILE_C2C] = "c2c", NULL};
static const char *const call_graphs[] = {
    [CALL_GRAPH_DWARF] = "dwarf", [CALL_GRAPH_FRAME_POINTERS] = "fp", NULL};

static const struct option_spec options[] = {
    {"mode", "MODE",
	"record: sample where the time goes; stat: count events; c2c: cache\n"
	"lines that threads share, where the CPU can sample its loads\n"
	"(default: record)",
	OPTION_CHOICE(struct profile, mode, modes)},
    {"flamegraph", NULL, "with record: write a page of the stacks, DIR/flamegraph.html",
	OPTION_FLAG(struct profile, flamegraph)},
    {"event", "EVENT",
	"as perf has it, for stat several (default: cycles, or the software\n"
	"clock where there are no hardware counters)",
	OPTION_TEXT(struct profile, event, "--event: must not be empty; 'perf list' shows them")},
    {"frequency", "HZ", "samples a second on each CPU (default: 999, fewer on many CPUs)",
	OPTION_UINT(struct profile, frequency, 1, 100000)},
    {"call-graph", "HOW",
	"dwarf: complete, 4 KiB a sample; fp: frame pointers, small, but it\n"
	"loses who called a library that was built without (default: dwarf)",
	OPTION_CHOICE(struct profile, call_graph, call_graphs)},
    {"threads", "N", "threads (default: the CPUs)", OPTION_OF_COMMAND(run_command)},
    {"devices", "N", "devices in a group (default: 8, or the threads)",
	OPTION_OF_COMMAND(run_command)},
    {"groups", "N", "groups; share has one (default: 16 for spread, else 1)",
	OPTION_OF_COMMAND(run_command)},
    {"topology", "FILE", "groups of a real machine, as for 'run'", OPTION_OF_COMMAND(run_command)},
    {"path", "PATH", "ops or probe, as for 'run'", OPTION_OF_COMMAND(run_command)},
    {"hold", "NS", "between probe and remove, or claim and release (default: 0)",
	OPTION_OF_COMMAND(run_command)},
    {"gap", "NS", "between remove and the next probe (default: 0)", OPTION_OF_COMMAND(run_command)},
    {"claims", "PART", "of the steps are a user's claims (default: 0.1 for takeover)",
	OPTION_OF_COMMAND(run_command)},
    {"fail-pinctrl", "PART", "of the probes fail at this step (default: 0.1 for flap)",
	OPTION_OF_COMMAND(run_command)},
    {"fail-configure", "PART", "the same for dma_configure", OPTION_OF_COMMAND(run_command)},
    {"fail-driver", "PART", "the same for the driver's probe", OPTION_OF_COMMAND(run_command)},
    {"zipf", "EXPONENT", "popularity of the groups in spread (default: 0, uniform)",
	OPTION_OF_COMMAND(run_command)},
    {"seed", "N", "of the threads' traces (default: 1)", OPTION_OF_COMMAND(run_command)},
    {"duration", "SECONDS", "of the window, in which alone perf looks (default: 2)",
	OPTION_OF_COMMAND(run_command)},
    {"warmup", "SECONDS", "before it, at least (default: 0.02)", OPTION_OF_COMMAND(run_command)},
    {"pin", "POLICY", "compact, scatter, core or none (default: compact)",
	OPTION_OF_COMMAND(run_command)},
    {"timeout", "SECONDS",
	"after which the run, or an answer or the end of perf, is not waited\n"
	"for any more (default: 20 and its duration; 20; 120)",
	OPTION_OF_COMMAND(run_command)},
    {"out", "DIR", "for perf.data and what is made of it (default: profile-DATE-TIME)",
	OPTION_OF_COMMAND(run_command)},
    {0},
};

static const struct command command = {
    .name = "profile",
    .synopsis = "[OPTION...] IMPL WORKLOAD",
    .summary =
	"Runs perf on one implementation under one workload, its events enabled inside the\n"
	"measured window only, and shows the lines and functions that take the time. In storm\n"
	"the window is its rounds, with the waiting between them. Needs no privileges at\n"
	"kernel.perf_event_paranoid 2. Exit status 1: perf or the run failed.",
    .example = "ownbench profile --threads=2 --flamegraph mutex_count share",
    .options = options,
    .max_arguments = 2,
};

/* Returns an exit status; the error is set unless it is EXIT_OK. */
static int profile_one(struct profile *profile, char *const *arguments, struct error *err)
{
	struct plan plan;
	int status;

	if (profile_take_arguments(profile, arguments, err) || profile_check(profile, err) ||
	    profile_plan(profile, &plan, err))
		return EXIT_USAGE;
	status = profile_run(profile, &plan.runs[0], err);
	plan_free(&plan);
	return status;
}

int cmd_profile(int argc, char **argv)
{
	const struct file_path directory = file_dated_name("profile");
	struct profile profile = {.run = run_options_default()};
	struct error err;
	int first, status;

	profile.run.request.duration = DURATION;
	profile.run.out = directory.s;
	status = options_parse(&command, argc, argv, &profile, &first);
	if (status == PARSED && argc - first < 2) {
		status = command_lacks(&command, "an implementation and a workload are missing");
	} else if (status == PARSED) {
		status = profile_one(&profile, argv + first, &err);
		if (status != EXIT_OK)
			command_error(command.name, &err);
	}
	run_options_free(&profile.run);
	return status;
}
