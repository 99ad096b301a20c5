/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench/commands/commands.h"
#include "bench/families/registry.h"
#include "bench/profile/profile.h"
#include "bench/profile/profile_event.h"
#include "bench/sweep/interrupt.h"
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

/* What 'run' would say of its option --workload. */
static int check_workload(const char *name, struct error *err)
{
	return workload_find(name) ? 0
	                           : error_set(err,
					 "WORKLOAD %s: no such workload; 'ownbench list' shows "
					 "them",
					 name);
}

/* The same of --impl: each pattern must mean one of the workload's family. */
static int check_impls(const struct plan_request *request, struct error *err)
{
	const struct family *family = request->workloads[0]->family;
	const struct bench_family *all = family_find(family->name);

	for (size_t i = 0; i < request->nr_impls; i++) {
		if (!family_matches(all, request->impls[i]))
			return error_set(err,
			    "IMPL %s: family %s, which %s is of, has no such implementation; "
			    "'ownbench list' shows them",
			    request->impls[i], family->name, request->workloads[0]->name);
	}
	return 0;
}

/* IMPL and WORKLOAD are those options of 'run'. */
static int take_arguments(struct profile *profile, int nr, char **arguments, struct error *err)
{
	static const char *const names[] = {"impl", "workload"};
	static const char *const typed[] = {"IMPL", "WORKLOAD"};

	if (nr < 2)
		return error_set(err, "an implementation and a workload are missing, as in: %s",
		    command.example);
	if (check_workload(arguments[1], err))
		return -1;
	for (int i = 0; i < 2; i++) {
		if (!*arguments[i])
			return error_set(err, "%s: must not be empty", typed[i]);
		if (option_set(
			option_find(run_command.options, names[i]), profile, arguments[i], err))
			return -1;
	}
	return check_impls(&profile->run.request, err);
}

/* One run, and no sweep. */
static int plan_one(struct profile *profile, struct plan *plan, struct error *err)
{
	struct plan_request *request = &profile->run.request;
	const struct workload *workload = request->workloads[0];

	if (workload->loop == LOOP_RACE)
		return error_set(
		    err, "%s has no window of time that could be profiled", workload->name);
	request->family = family_find(workload->family->name);
	if (!request->nr_threads) {
		request->threads = calloc(1, sizeof(*request->threads));
		if (!request->threads)
			return error_set(err, "not enough memory");
		request->threads[0] = pin_nr_cpus();
		request->nr_threads = 1;
	}
	if (plan_make(plan, request, err))
		return -1;
	if (plan->nr_runs == 1)
		return 0;
	if (plan->nr_runs)
		error_set(err,
		    "a profile is of one run, and this asks for %zu: %s, %s%s: name one "
		    "implementation and one value of each option",
		    plan->nr_runs, plan->runs[0].name, plan->runs[1].name,
		    plan->nr_runs > 2 ? ", .." : "");
	else
		error_set(err, "%s has no loop for %s with these options", request->impls[0],
		    request->workloads[0]->name);
	plan_free(plan);
	return -1;
}

static int make_directory(struct profile *profile, struct error *err)
{
	if (!mkdir(profile->run.out, 0777))
		return 0;
	if (errno == EEXIST)
		return error_set(err,
		    "%s is there already: nothing is overwritten; --out=DIR with "
		    "another name, or rm -r %s",
		    profile->run.out, profile->run.out);
	return error_errno(err, "cannot make directory %s", profile->run.out);
}

static int profile_one(struct profile *profile, const struct plan_run *run)
{
	struct error err;
	int status;

	if (profile_choose_event(profile, &err) || make_directory(profile, &err)) {
		command_error(command.name, &err);
		return EXIT_CHECK_FAILED;
	}
	interrupt_catch();
	status = profile_run(profile, run, &interrupted, &err);
	profile_tidy(profile, status);
	if (status == EXIT_INTERRUPTED)
		error_set(&err, "interrupted");
	if (status != EXIT_OK)
		command_error(command.name, &err);
	return status;
}

static int profile_with(struct profile *profile, int nr, char **arguments)
{
	struct error err;
	struct plan plan = {0};
	int status;

	if (take_arguments(profile, nr, arguments, &err) || profile_check(profile, &err) ||
	    plan_one(profile, &plan, &err)) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	status = profile_one(profile, &plan.runs[0]);
	plan_free(&plan);
	return status;
}

int cmd_profile(int argc, char **argv)
{
	const struct file_path directory = file_dated_name("profile");
	struct profile profile = {.run = run_options_default()};
	int first, status;

	profile.run.request.duration = DURATION;
	profile.run.out = directory.s;
	status = options_parse(&command, argc, argv, &profile, &first);
	if (status == PARSED)
		status = profile_with(&profile, argc - first, argv + first);
	run_options_free(&profile.run);
	return status;
}
