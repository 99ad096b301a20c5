/* SPDX-License-Identifier: MIT */
#include "bench/commands/commands.h"
#include "bench/profile/profile_plan.h"
#include "harness/files/file.h"

/* Default of --duration: long enough for a few thousand samples. */
static const double DURATION = 2;

static const char *const modes[] = {
    [PROFILE_RECORD] = "record", [PROFILE_STAT] = "stat", [PROFILE_C2C] = "c2c", NULL};
static const char *const call_graphs[] = {
    [CALL_GRAPH_DWARF] = "dwarf", [CALL_GRAPH_FRAME_POINTERS] = "fp", NULL};

static const struct option_spec options[] = {
    {"mode", "MODE",
	"Sample where the time goes (record), count events (stat), or show\n"
	"cache lines that threads share (c2c), if the CPU can sample loads\n"
	"(default: record)",
	OPTION_CHOICE(struct profile, mode, modes)},
    {"flamegraph", NULL, "With --mode=record, write a flame graph to DIR/flamegraph.html",
	OPTION_FLAG(struct profile, flamegraph)},
    {"event", "EVENT",
	"Sample this event of perf, or count this list of events with\n"
	"--mode=stat (default: cycles, or the software clock if the machine has\n"
	"no counters)",
	OPTION_TEXT(struct profile, event, "--event: must not be empty; 'perf list' shows them")},
    {"frequency", "HZ",
	"Take this many samples a second on each CPU (default: 999, fewer on\n"
	"many CPUs)",
	OPTION_UINT(struct profile, frequency, 1, 100000)},
    {"call-graph", "HOW",
	"Unwind stacks by DWARF data (dwarf), which is complete but takes 4 KiB\n"
	"a sample; or by frame pointers (fp), which takes little but loses the\n"
	"callers of libraries built without them (default: dwarf)",
	OPTION_CHOICE(struct profile, call_graph, call_graphs)},
    {"threads", "N", "Run this many threads (default: as many as CPUs)",
	OPTION_OF_COMMAND(run_command)},
    {"devices", "N",
	"Put this many devices into a group (default: 8, or as many as\n"
	"threads)",
	OPTION_OF_COMMAND(run_command)},
    {"groups", "N",
	"Use this many groups, up to 1000000; share always has one (default: 16\n"
	"for spread, else 1)",
	OPTION_OF_COMMAND(run_command)},
    {"topology", "FILE", "Take the groups of a real machine, as for 'run'",
	OPTION_OF_COMMAND(run_command)},
    {"path", "PATH", "Run ops or probe, as for 'run'", OPTION_OF_COMMAND(run_command)},
    {"hold", "NS",
	"Keep a device bound, or a group claimed, for this many nanoseconds\n"
	"(default: 0)",
	OPTION_OF_COMMAND(run_command)},
    {"gap", "NS",
	"Wait this many nanoseconds between a remove and the next probe\n"
	"(default: 0)",
	OPTION_OF_COMMAND(run_command)},
    {"claims", "PART",
	"Let users claim in this fraction of the steps (default: 0.1 for\n"
	"takeover, else 0)",
	OPTION_OF_COMMAND(run_command)},
    {"fail-pinctrl", "PART",
	"Let this fraction of the probes fail in the pinctrl step (default:\n"
	"0.1 for flap, else 0)",
	OPTION_OF_COMMAND(run_command)},
    {"fail-configure", "PART",
	"Let this fraction of the probes fail in dma_configure (default: 0.1\n"
	"for flap, else 0)",
	OPTION_OF_COMMAND(run_command)},
    {"fail-driver", "PART",
	"Let this fraction of the probes fail in the driver's own probe\n"
	"(default: 0.1 for flap, else 0)",
	OPTION_OF_COMMAND(run_command)},
    {"zipf", "EXPONENT",
	"For WORKLOAD spread, choose groups by a Zipf distribution with this\n"
	"exponent (default: 0, uniform)",
	OPTION_OF_COMMAND(run_command)},
    {"seed", "N", "Seed the threads' traces (default: 1)", OPTION_OF_COMMAND(run_command)},
    {"duration", "SECONDS", "Measure for this many seconds; perf counts only then (default: 2)",
	OPTION_OF_COMMAND(run_command)},
    {"warmup", "SECONDS", "Warm up for at least this many seconds (default: 0.02)",
	OPTION_OF_COMMAND(run_command)},
    {"pin", "POLICY",
	"Pin threads: compact, scatter, core or none, as for 'run' (default:\n"
	"compact)",
	OPTION_OF_COMMAND(run_command)},
    {"timeout", "SECONDS",
	"Give up after waiting this many seconds for the run (default: 20 plus\n"
	"--duration), for a reply of perf (default: 20) or for its exit\n"
	"(default: 120)",
	OPTION_OF_COMMAND(run_command)},
    {"out", "DIR",
	"Write perf.data and the files derived from it into this directory\n"
	"(default: profile-DATE-TIME)",
	OPTION_OF_COMMAND(run_command)},
    {0},
};

static const struct command command = {
    .name = "profile",
    .synopsis = "[OPTION...] IMPL WORKLOAD",
    .summary =
	"Profile one implementation under one workload with perf, and show the lines and\n"
	"functions that take the time.\n"
	"\n"
	"perf counts inside the measured window only. The window of storm is all of its rounds,\n"
	"including the waits between them. If kernel.perf_event_paranoid is 2 or lower, no\n"
	"privilege is needed.\n"
	"\n"
	"Exit status 1: perf or the run failed.",
    .examples = {"ownbench profile mutex_count share",
	"ownbench profile --mode=stat --threads=2 device_slots share"},
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
		status =
		    command_lacks(&command, "missing arguments: an implementation and a workload");
	} else if (status == PARSED) {
		status = profile_one(&profile, argv + first, &err);
		if (status != EXIT_OK)
			command_error(command.name, &err);
	}
	run_options_free(&profile.run);
	return status;
}
