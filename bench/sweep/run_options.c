/* SPDX-License-Identifier: MIT */
#include "bench/sweep/run_options.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/sweep/gbench_flags.h"
#include "harness/measure/events.h"
#include "harness/memory.h"

enum {
	THREADS_MAX = 1024,
	DEVICES_MAX = 65536,
	GROUPS_MAX = 1000000,
	RECORDS_MAX = 100000000,
	STEPS_MAX = 1000000000,
	DELAY_NS_MAX = 1000000000,
	CHECK_REPETITIONS = 5,
	CHECK_RACE = CHECK_KINDS, /* replaces the workloads by one-shot races, which are audited */
};
#define PERIOD_NS_MAX 3600000000000 /* one hour */

static const double DEFAULT_PRECISION = 0.05, DEFAULT_BUDGET = 240;

static int add_workload(void *context, const char *name, struct error *err)
{
	struct plan_request *request = context;
	const struct workload *workload = workload_find(name);
	char all[256] = "";

	if (workload) {
		request->workloads = reallocate(
		    request->workloads, request->nr_workloads + 1, sizeof(struct workload *));
		request->workloads[request->nr_workloads++] = workload;
		return 0;
	}
	for (size_t i = 0; workload_at(i); i++) {
		size_t used = strlen(all);

		snprintf(
		    all + used, sizeof(all) - used, "%s%s", i ? ", " : "", workload_at(i)->name);
	}
	return error_set(err, "--workload=%s: must be one of %s", name, all);
}

static int add_workloads(void *request, const char *value, struct error *err)
{
	return option_each_item(value, add_workload, request, err);
}

static int set_memory(void *field, const char *value, struct error *err)
{
	struct memory_request *memory = field;
	static const char node[] = "node:";
	uint64_t number;

	if (!strcmp(value, "local")) {
		*memory = (struct memory_request){.policy = MEMORY_LOCAL};
	} else if (!strcmp(value, "interleave")) {
		*memory = (struct memory_request){.policy = MEMORY_INTERLEAVE};
	} else if (!strncmp(value, node, strlen(node)) &&
		   parse_uint(value + strlen(node), 0, INT_MAX, &number)) {
		*memory =
		    (struct memory_request){.policy = MEMORY_NODE, .node = (unsigned int)number};
	} else {
		return error_set(err,
		    "--memory=%s: must be local, interleave, or node:N with a node's number",
		    value);
	}
	return 0;
}

static int set_events(void *counters, const char *value, struct error *err)
{
	return events_parse(value, counters, err);
}

/* Parses a decimal number. Returns a pointer to the unit that follows the number, or NULL if there
 * is no number. */
static const char *number_with_unit(const char *value, double *number)
{
	char digits[32];
	const size_t len = strspn(value, "0123456789.");
	char *end;

	if (!len || len >= sizeof(digits))
		return NULL;
	memcpy(digits, value, len);
	digits[len] = '\0';
	*number = strtod(digits, &end);
	return *end ? NULL : value + len;
}

/* Accepts a fraction such as 0.05, or a percentage such as 5%. */
static int set_precision(void *field, const char *value, struct error *err)
{
	const double least = 0.001, most = 1;
	double *precision = field;
	double number = 0;
	const char *unit = number_with_unit(value, &number);
	const bool percent = unit && !strcmp(unit, "%");

	*precision = percent ? number / 100 : number;
	if (!unit || (*unit && !percent) || !(*precision >= least && *precision <= most))
		return error_set(
		    err, "--precision=%s: must be from 0.1%% to 100%%, such as 5%% or 0.05", value);
	return 0;
}

/* Accepts a time such as 90 (seconds), 10m or 1h. */
static int set_budget(void *field, const char *value, struct error *err)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
	double *budget = field;
	double number = 0;
	const char *unit = number_with_unit(value, &number);

	*budget = 0;
	for (size_t i = 0; unit && i < sizeof(units) / sizeof(units[0]); i++) {
		if (!strcmp(unit, units[i].unit))
			*budget = number * units[i].seconds;
	}
	if (!(*budget > 0 && *budget <= SECONDS_MAX))
		return error_set(err,
		    "--budget=%s: must be a time above 0 and up to 24h, such as 90 (seconds) or "
		    "10m",
		    value);
	return 0;
}

static const char *const paths[] = {[BUS_PATH_OPS] = "ops", [BUS_PATH_PROBE] = "probe", NULL};
static const char *const pin_policies[] = {[PIN_COMPACT] = "compact",
    [PIN_SCATTER] = "scatter",
    [PIN_CORE] = "core",
    [PIN_NONE] = "none",
    NULL};
static const char *const checks[] = {[CHECK_AUDIT] = "audit",
    [CHECK_WITNESS] = "witness",
    [CHECK_HISTORY] = "history",
    [CHECK_RACE] = "race",
    NULL};

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure",
	"Measure this family: ownership of a group; lifetime of a service that\n"
	"is unbound while it is in use; or configure, the first set-up of a\n"
	"device by several threads, whose length is --hold (default: ownership)",
	OPTION_FUNCTION(struct run_options, request.family, family_option)},
    {"impl", "A,B,..",
	"Measure these implementations: names, patterns such as\n"
	"'mutex_count<*>', or a base name such as 'rcu_driver' for every\n"
	"rcu_driver<..>; 'all' adds the negative controls (default: all\n"
	"without the controls and without variants over other locks)",
	OPTION_TEXTS(struct run_options, request.impls, request.nr_impls)},
    {"workload", "W,..", "Run these workloads, which 'ownbench list' shows (default: all)",
	OPTION_FUNCTION(struct run_options, request, add_workloads)},
    {"threads", "N,..",
	"Run this many threads, up to 1024 (default: 1, 2, .. twice the CPUs\n"
	"for share, else as many as CPUs)",
	OPTION_UINTS(struct run_options, request.threads, request.nr_threads, 1, THREADS_MAX)},
    {"devices", "N,..",
	"Put this many devices into a group, up to 65536 (default: 8; takeover\n"
	"also runs with 64 and 512)",
	OPTION_UINTS(struct run_options, request.devices, request.nr_devices, 1, DEVICES_MAX)},
    {"groups", "N,..",
	"Use this many groups, up to 1000000; share always has one (default: 16\n"
	"for spread, else 1)",
	OPTION_UINTS(struct run_options, request.groups, request.nr_groups, 1, GROUPS_MAX)},
    {"topology", "FILE",
	"Take the groups of a real machine: a listing in FILE, - for a listing\n"
	"on standard input, 'sysfs' for this machine, or 'all' for each listing\n"
	"of results/topologies. 'ownbench list --topologies=FILE' shows a\n"
	"listing (default for storm: sysfs, or a listing of results/topologies)",
	OPTION_TEXT(struct run_options, request.topology, NULL)},
    {"path", "PATH",
	"Run only the ownership operations and the stores to dev->driver\n"
	"(ops), or the whole probe and remove with device_lock (probe)\n"
	"(default: probe for flap and storm, else ops)",
	OPTION_CHOICE(struct run_options, request.path, paths)},
    {"hold", "NS",
	"Keep a device bound, or a group claimed, for this many nanoseconds\n"
	"(default: 0)",
	OPTION_UINT(struct run_options, request.hold_ns, 0, DELAY_NS_MAX)},
    {"gap", "NS",
	"Wait this many nanoseconds between a remove and the next probe\n"
	"(default: 0)",
	OPTION_UINT(struct run_options, request.gap_ns, 0, DELAY_NS_MAX)},
    {"latency", "EVERY",
	"Time the operations of one step in EVERY, and show percentiles of\n"
	"their latency. EVERY=1021 slows mutex_count by less than 1%, but the\n"
	"fastest designs by over 10%. Cannot be combined with --workload=storm\n"
	"(default: off)",
	OPTION_UINT(struct run_options, request.latency_every, 1, STEPS_MAX)},
    {"claim-every", "NS",
	"Let the last thread claim a group at this interval in nanoseconds, and\n"
	"retry until the claim is granted; the others only probe, unless\n"
	"--claims is given. Needs 2 threads (default: off; share also runs with\n"
	"10000 and 1000000)",
	OPTION_UINT(struct run_options, request.claim_every_ns, 1, PERIOD_NS_MAX)},
    {"uses", "N",
	"lifetime: Use a service this many times between a get and its put\n"
	"(default: 4)",
	OPTION_UINT(struct run_options, request.uses, 1, STEPS_MAX)},
    {"keep", "NS",
	"lifetime: Hold a service this many nanoseconds between its get and its\n"
	"put, even if its uses are refused (default: 1000000 for\n"
	"--workload=keep; for --workload=unbind, put after the last use)",
	OPTION_UINT(struct run_options, request.keep_ns, 1, PERIOD_NS_MAX)},
    {"unbind-every", "NS",
	"lifetime: Let the last of several threads unbind at this interval in\n"
	"nanoseconds, and bind again after an eighth of it (default: 100000)",
	OPTION_UINT(struct run_options, request.unbind_every_ns, 1, PERIOD_NS_MAX)},
    {"claims", "PART",
	"Let users claim in this fraction of the steps (default: 0.1 for\n"
	"takeover, which also runs with 0.001, 0.01 and 0.5; else 0)",
	OPTION_REAL(struct run_options, request.claims, 0, 1)},
    {"plugs", "PART",
	"Make this fraction of the steps remove a device from its group and add\n"
	"it again (default: 0.1 for hotplug, else 0)",
	OPTION_REAL(struct run_options, request.plugs, 0, 1)},
    {"readers", "PART",
	"Let this fraction of the threads, or of the steps of one thread, only\n"
	"call claimed() (default: 0.5 for query, else 0)",
	OPTION_REAL(struct run_options, request.readers, 0, 1)},
    {"fail-pinctrl", "PART",
	"Let this fraction of the probes fail in the pinctrl step (default:\n"
	"0.1 for flap, else 0)",
	OPTION_REAL(struct run_options, request.fail_pinctrl, 0, 1)},
    {"fail-configure", "PART",
	"Let this fraction of the probes fail in dma_configure (default: 0.1\n"
	"for flap, else 0)",
	OPTION_REAL(struct run_options, request.fail_configure, 0, 1)},
    {"fail-driver", "PART",
	"Let this fraction of the probes fail in the driver's own probe\n"
	"(default: 0.1 for flap, else 0)",
	OPTION_REAL(struct run_options, request.fail_driver, 0, 1)},
    {"zipf", "EXPONENT",
	"For --workload=spread, choose groups by a Zipf distribution with this\n"
	"exponent (default: 0, uniform)",
	OPTION_REAL(struct run_options, request.zipf, 0, 10)},
    {"seed", "N", "Seed the threads' traces (default: 1)",
	OPTION_UINT(struct run_options, request.seed, 0, UINT32_MAX)},
    {"order-seed", "N",
	"Seed the order in which points and designs are measured (default: a\n"
	"random one, which sweep.json records)",
	OPTION_UINT(struct run_options, order_seed, 0, UINT32_MAX)},
    {"duration", "SECONDS",
	"Measure for this many seconds in each repetition. If other processes\n"
	"disturb the measurement, extend it to at most 3 times this length (10\n"
	"times if no slice is undisturbed), and by 1 s at most (default: 0.01)",
	OPTION_REAL(struct run_options, request.duration, DURATION_MIN, SECONDS_MAX)},
    {"warmup", "SECONDS",
	"Warm up for at least this many seconds, and up to 3 times as long\n"
	"until the rate is steady (default: 0.02)",
	OPTION_REAL(struct run_options, request.warmup, 0, SECONDS_MAX)},
    {"precision", "PERCENT",
	"Measure until each ratio to the baseline is known to within this, such\n"
	"as 5% or 0.05, or until --budget is used up (default: 5%)",
	OPTION_FUNCTION(struct run_options, precision, set_precision)},
    {"budget", "TIME",
	"Stop adding rounds after this time, such as 90 (seconds) or 10m; every\n"
	"point gets at least one round (default: 4m)",
	OPTION_FUNCTION(struct run_options, budget, set_budget)},
    {"repetitions", "N",
	"Measure N rounds, whatever their precision (default: 5 if --check is\n"
	"not audit, else see --precision)",
	OPTION_UINT(struct run_options, repetitions, 1, REPETITIONS_MAX)},
    {"pin", "POLICY",
	"Pin threads to neighbouring CPUs (compact), to CPUs far apart\n"
	"(scatter), one to a core (core), or not at all (none) (default:\n"
	"compact)",
	OPTION_CHOICE(struct run_options, request.pin, pin_policies)},
    {"memory", "POLICY",
	"Place groups and devices on NUMA nodes: local to the first thread that\n"
	"uses them; interleave, page by page over all nodes; or node:N\n"
	"(default: on the node where they are set up)",
	OPTION_FUNCTION(struct run_options, request.memory, set_memory)},
    {"check", "CHECK",
	"Check each run. audit: the counts balance and groups end idle;\n"
	"witness: holders also mark their group; history: operations are\n"
	"recorded and checked for linearizability; race: one-shot races on\n"
	"fresh groups replace the workloads (default: audit)",
	OPTION_CHOICE(struct run_options, check, checks)},
    {"history", "N",
	"Record up to N operations of each thread, which then idles (default:\n"
	"100000)",
	OPTION_UINT(struct run_options, request.history, 100, RECORDS_MAX)},
    {"save-histories", NULL, "Save all histories, not only illegal ones",
	OPTION_FLAG(struct run_options, request.history_all)},
    {"events", "E,..",
	"Count these events in each thread's window, or 'none'; 'ownbench list\n"
	"--events' shows them (default: cycles, instructions, cache and\n"
	"coherence events, context switches, migrations, page faults)",
	OPTION_FUNCTION(struct run_options, request.counters, set_events)},
    {"timeout", "SECONDS", "Give up a run after this many seconds (default: 20 plus the duration)",
	OPTION_REAL(struct run_options, timeout, 0.1, SECONDS_MAX)},
    {"out", "DIR", "Write the sweep into this new directory (default: sweep-DATE-TIME)",
	OPTION_TEXT(struct run_options, out, NULL)},
    {"resume", "DIR",
	"Continue the interrupted sweep in DIR with its original options;\n"
	"nothing is measured twice. Cannot be combined with other options",
	OPTION_TEXT(struct run_options, resume, NULL)},
    {"plan", NULL, "Show the runs and how long they take, and run nothing",
	OPTION_FLAG(struct run_options, show_plan)},
    {"benchmark_*", NULL,
	"Google Benchmark's own options: _filter, _list_tests, _repetitions,\n"
	"_out, _out_format, _format (console, json or csv, on standard\n"
	"output), ..",
	OPTION_HELP_ONLY},
    {0},
};

const struct command run_command = {
    .name = "run",
    .synopsis = "[OPTION...]",
    .summary =
	"Measure each implementation under each workload, and print a table.\n"
	"\n"
	"A point is a combination of the listed threads, devices and groups. A round measures\n"
	"every implementation of a point once, in random order. Rounds continue until all ratios\n"
	"are precise or the time is used up. A design with a precise ratio is not measured again.\n"
	"\n"
	"Exit status 1: a run failed its checks; 130: interrupted.",
    .examples = {"ownbench run --workload=share --threads=2 --impl=mutex_count,packed_cas "
		 "--budget=3 --out=before",
	"ownbench run --workload=share --threads=2 --impl=mutex_count,packed_cas --budget=3 "
	"--out=after"},
    .options = options,
};

/* Rejects timing options that would have no effect, or would time a check. */
static int check_timing(const struct plan_request *request, struct error *err)
{
	const char *name = request->latency_every ? "latency" : "claim-every";

	if (!request->latency_every && !request->claim_every_ns)
		return 0;
	if (request->check != CHECK_AUDIT || request->race)
		return error_set(err, "--latency and --claim-every cannot be combined with "
				      "--check, because the check would be timed, too");
	for (size_t i = 0; i < request->nr_workloads; i++) {
		if (request->workloads[i]->loop == LOOP_BIND)
			return error_set(err,
			    "--%s cannot be combined with --workload=%s, which times whole rounds",
			    name, request->workloads[i]->name);
	}
	for (size_t i = 0; request->claim_every_ns && i < request->nr_threads; i++) {
		if (request->threads[i] < 2)
			return error_set(err,
			    "--claim-every with --threads=1: the one thread is the user, and "
			    "no thread probes; use 2 threads or more");
	}
	return 0;
}

static double zero_unless_given(double part)
{
	return isnan(part) ? 0 : part;
}

/* Checks a part of the steps. A thread repeats a trace of 1024 steps (bench/ownership/trace.c), so
 * a smaller part than one in a thousand would be none. */
static int check_part(const char *option, double part, struct error *err)
{
	const double least = 0.001;

	if (isnan(part) || part == 0 || part >= least)
		return 0;
	return error_set(err,
	    "--%s=%g: must be 0 or at least %g, because each thread repeats about a thousand steps",
	    option, part, least);
}

static int check_parts(const struct plan_request *request, struct error *err)
{
	if (check_part("claims", request->claims, err) ||
	    check_part("plugs", request->plugs, err) ||
	    check_part("readers", request->readers, err) ||
	    check_part("fail-pinctrl", request->fail_pinctrl, err) ||
	    check_part("fail-configure", request->fail_configure, err) ||
	    check_part("fail-driver", request->fail_driver, err))
		return -1;
	if (zero_unless_given(request->fail_pinctrl) + zero_unless_given(request->fail_configure) +
		zero_unless_given(request->fail_driver) >
	    1)
		return error_set(err,
		    "--fail-pinctrl, --fail-configure and --fail-driver: their sum "
		    "must be at most 1");
	if (zero_unless_given(request->claims) + zero_unless_given(request->plugs) > 1)
		return error_set(err, "--claims and --plugs: their sum must be at most 1");
	if (request->race && request->memory.policy != MEMORY_KERNEL)
		return error_set(err, "--memory cannot be combined with --check=race, whose groups "
				      "last for one race each");
	return check_timing(request, err);
}

/* Returns whether the runs are checked beyond their audit. Such a check slows down its run, so a
 * precise rate would be pointless. */
static bool is_check(const struct plan_request *request)
{
	return request->check != CHECK_AUDIT || request->race;
}

/* Sets defaults for whatever of precision, budget and repetitions was not given. A fixed number of
 * rounds excludes the other two. */
static int complete_goal(struct run_options *run, struct error *err)
{
	const bool has_goal = run->precision > 0 || run->budget > 0;

	if (run->repetitions && has_goal)
		return error_set(err,
		    "--repetitions cannot be combined with --%s, because it fixes the number of "
		    "rounds",
		    run->precision > 0 ? "precision" : "budget");
	if (is_check(&run->request) && !has_goal && !run->repetitions)
		run->repetitions = CHECK_REPETITIONS;
	if (!run->precision)
		run->precision = DEFAULT_PRECISION;
	if (!run->budget)
		run->budget = DEFAULT_BUDGET;
	return 0;
}

struct run_options run_options_default(void)
{
	struct run_options run = {
	    .request = plan_request_default(), .order_seed = ORDER_SEED_DRAWN};

	run.request.warmup = 0.02;
	run.request.duration = 0.01;
	run.request.history = 100000;
	return run;
}

int run_options_parse(struct run_options *run, int argc, char **argv)
{
	struct plan_request *request = &run->request;
	struct error err;
	int first, status;

	*run = run_options_default();
	if (events_parse(EVENTS_DEFAULT, &request->counters, &err) ||
	    gbench_flags_take(run, &argc, argv, &err)) {
		command_error(run_command.name, &err);
		return EXIT_USAGE;
	}
	status = options_parse(&run_command, argc, argv, run, &first);
	if (status != PARSED)
		return status;
	request->race = run->check == CHECK_RACE;
	request->check = request->race ? CHECK_AUDIT : (enum run_check)run->check;
	if (complete_goal(run, &err) || check_parts(request, &err)) {
		command_error(run_command.name, &err);
		return EXIT_USAGE;
	}
	return PARSED;
}

void run_options_free(struct run_options *run)
{
	options_free(&run_command, run);
	free(run->request.workloads);
	free(run->gbench_argv);
}
