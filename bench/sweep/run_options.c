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
	CHECK_RACE = CHECK_KINDS, /* a workload of its own, whose runs are audited */
};
#define PERIOD_NS_MAX 3600000000000 /* an hour */

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
	for (size_t i = 0; i < nr_workloads; i++) {
		size_t used = strlen(all);

		snprintf(all + used, sizeof(all) - used, "%s%s", i ? ", " : "", workloads[i].name);
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

/* Returns what is behind a decimal number; NULL if there is none. */
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

/* 0.05, or 5% */
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
		    err, "--precision=%s: must be from 0.1%% to 100%%, as 5%% or 0.05", value);
	return 0;
}

/* 90, or 10m */
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
		    "--budget=%s: must be a time above 0 and up to 24h, in seconds or as 10m",
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
	"the problem: ownership of a group, lifetime of a service that is\n"
	"unbound while it is used, or who configures a device first; with\n"
	"this one --hold is how long a set-up lasts (default: ownership)",
	OPTION_FUNCTION(struct run_options, request.family, family_option)},
    {"impl", "A,B,..",
	"names, or patterns as 'mutex_count<*>'; a name before '<' that is no\n"
	"name itself means all built from it; 'all' includes the negative\n"
	"controls (default: all but those and an implementation's variants\n"
	"over other locks)",
	OPTION_TEXTS(struct run_options, request.impls, request.nr_impls)},
    {"workload", "W,..", "as 'ownbench list' shows them (default: all)",
	OPTION_FUNCTION(struct run_options, request, add_workloads)},
    {"threads", "N,..",
	"threads, up to 1024 (default: 1, 2, .. twice the CPUs for share, else\n"
	"the CPUs)",
	OPTION_UINTS(struct run_options, request.threads, request.nr_threads, 1, THREADS_MAX)},
    {"devices", "N,..", "devices in a group, up to 65536 (default: 8, and 128 for share)",
	OPTION_UINTS(struct run_options, request.devices, request.nr_devices, 1, DEVICES_MAX)},
    {"groups", "N,..", "groups, up to 1000000; share has one (default: 16 for spread, else 1)",
	OPTION_UINTS(struct run_options, request.groups, request.nr_groups, 1, GROUPS_MAX)},
    {"topology", "FILE",
	"groups of a real machine: a listing, - for one on standard input,\n"
	"'sysfs' for this machine, or 'all' for each listing of\n"
	"results/topologies ('list --topologies=FILE' shows one)\n"
	"(default for storm: sysfs, or a listing of results/topologies)",
	OPTION_TEXT(struct run_options, request.topology, NULL)},
    {"path", "PATH",
	"ops: the ownership operations and the stores to dev->driver;\n"
	"probe: all of probe and remove, with device_lock\n"
	"(default: probe for flap and storm, else ops)",
	OPTION_CHOICE(struct run_options, request.path, paths)},
    {"hold", "NS", "between probe and remove, or claim and release (default: 0)",
	OPTION_UINT(struct run_options, request.hold_ns, 0, DELAY_NS_MAX)},
    {"gap", "NS", "between remove and the next probe (default: 0)",
	OPTION_UINT(struct run_options, request.gap_ns, 0, DELAY_NS_MAX)},
    {"latency", "EVERY",
	"time the operations of one step in EVERY, and show percentiles;\n"
	"1021 costs next to nothing; not in storm (default: none is timed)",
	OPTION_UINT(struct run_options, request.latency_every, 1, STEPS_MAX)},
    {"claim-every", "NS",
	"the last thread is a user who claims a group this often, trying\n"
	"until he gets it; the others only probe, unless --claims says more;\n"
	"takes 2 threads or more",
	OPTION_UINT(struct run_options, request.claim_every_ns, 1, PERIOD_NS_MAX)},
    {"uses", "N", "lifetime: uses between a get and its put (default: 4)",
	OPTION_UINT(struct run_options, request.uses, 1, STEPS_MAX)},
    {"keep", "NS",
	"lifetime: a consumer keeps what it got so long, refused or not, and\n"
	"puts it then (default: 1000000 for keep; for unbind, its uses)",
	OPTION_UINT(struct run_options, request.keep_ns, 1, PERIOD_NS_MAX)},
    {"unbind-every", "NS",
	"lifetime: the last of several threads unbinds this often, and binds\n"
	"again an eighth of it later (default: 100000)",
	OPTION_UINT(struct run_options, request.unbind_every_ns, 1, PERIOD_NS_MAX)},
    {"claims", "PART", "of the steps are a user's claims (default: 0.1 for takeover)",
	OPTION_REAL(struct run_options, request.claims, 0, 1)},
    {"plugs", "PART", "of the steps take a device out and back (default: 0.1 for hotplug)",
	OPTION_REAL(struct run_options, request.plugs, 0, 1)},
    {"readers", "PART",
	"of the threads only ask claimed(), or of one thread's steps\n"
	"(default: 0.5 for query)",
	OPTION_REAL(struct run_options, request.readers, 0, 1)},
    {"fail-pinctrl", "PART", "of the probes fail at this step (default: 0.1 for flap)",
	OPTION_REAL(struct run_options, request.fail_pinctrl, 0, 1)},
    {"fail-configure", "PART", "the same for dma_configure",
	OPTION_REAL(struct run_options, request.fail_configure, 0, 1)},
    {"fail-driver", "PART", "the same for the driver's probe",
	OPTION_REAL(struct run_options, request.fail_driver, 0, 1)},
    {"zipf", "EXPONENT", "popularity of the groups in spread (default: 0, uniform)",
	OPTION_REAL(struct run_options, request.zipf, 0, 10)},
    {"seed", "N", "of the threads' traces (default: 1)",
	OPTION_UINT(struct run_options, request.seed, 0, UINT32_MAX)},
    {"order-seed", "N",
	"of the order in which points and designs are measured (default: drawn\n"
	"anew; sweep.json has it)",
	OPTION_UINT(struct run_options, order_seed, 0, UINT32_MAX)},
    {"duration", "SECONDS",
	"of the window of one run; 3 times as long (1 s more at most) while\n"
	"other processes disturb it (default: 0.02)",
	OPTION_REAL(struct run_options, request.duration, DURATION_MIN, SECONDS_MAX)},
    {"warmup", "SECONDS",
	"before it, at least; 3 times as long while the rate is not steady\n"
	"(default: 0.02)",
	OPTION_REAL(struct run_options, request.warmup, 0, SECONDS_MAX)},
    {"precision", "PERCENT",
	"measure rounds until every ratio to the baseline is known to so much\n"
	"either way, as 5% or 0.05, or --budget is used up (default: 5%)",
	OPTION_FUNCTION(struct run_options, precision, set_precision)},
    {"budget", "TIME",
	"for all rounds, in seconds, or as 10m (default: 4m); every point gets\n"
	"one round, whatever the budget",
	OPTION_FUNCTION(struct run_options, budget, set_budget)},
    {"repetitions", "N",
	"measure N rounds instead, however precise they are (default: 5\n"
	"with a --check other than audit)",
	OPTION_UINT(struct run_options, repetitions, 1, REPETITIONS_MAX)},
    {"pin", "POLICY",
	"compact: neighbouring CPUs; scatter: far apart; core: one thread on\n"
	"a core; none (default: compact)",
	OPTION_CHOICE(struct run_options, request.pin, pin_policies)},
    {"memory", "POLICY",
	"NUMA nodes that groups and devices are placed on: local, a device on\n"
	"that of the thread that uses it, a group on that of the first which\n"
	"uses one of its devices; interleave, page by page over all; node:N\n"
	"(default: as the kernel does, where set-up touches them first)",
	OPTION_FUNCTION(struct run_options, request.memory, set_memory)},
    {"check", "CHECK",
	"audit: tallies balance, groups are idle at the end; witness: and\n"
	"holders mark their group, in a loop of its own; history: operations\n"
	"are recorded and checked for linearizability; race: one-shot races\n"
	"on fresh groups in place of the workloads (default: audit)",
	OPTION_CHOICE(struct run_options, check, checks)},
    {"history", "N", "operations of a thread to record; then it rests (default: 100000)",
	OPTION_UINT(struct run_options, request.history, 100, RECORDS_MAX)},
    {"save-histories", NULL, "all of them, and not only those that are refuted",
	OPTION_FLAG(struct run_options, request.history_all)},
    {"events", "E,..",
	"to be counted in each thread's window, as 'ownbench list --events'\n"
	"shows them, or 'none' (default: cycles, instructions, cache and\n"
	"coherence events, context switches, migrations, page faults)",
	OPTION_FUNCTION(struct run_options, request.counters, set_events)},
    {"timeout", "SECONDS", "after which a run counts as hung (default: 20 and its duration)",
	OPTION_REAL(struct run_options, timeout, 0.1, SECONDS_MAX)},
    {"out", "DIR", "for the results (default: sweep-DATE-TIME)",
	OPTION_TEXT(struct run_options, out, NULL)},
    {"resume", "DIR",
	"goes on with the sweep in DIR, which was interrupted: by its own\n"
	"options, without measuring anything twice; takes no other option",
	OPTION_TEXT(struct run_options, resume, NULL)},
    {"plan", NULL, "shows what would be run, and for how long, and runs nothing",
	OPTION_FLAG(struct run_options, show_plan)},
    {"benchmark_*", NULL,
	"Google Benchmark's own: _filter, _list_tests, _repetitions, _out,\n"
	"_out_format, _format (console, json or csv, on stdout), ..",
	OPTION_HELP_ONLY},
    {0},
};

const struct command run_command = {
    .name = "run",
    .synopsis = "[OPTION...]",
    .summary =
	"Measures every implementation under every workload asked for, and ends with a table.\n"
	"A round measures each implementation of a point once, in random order. Rounds go\n"
	"on until ratios are precise or the time is used up; it goes where it is needed\n"
	"most. Lists of threads, devices and groups are combined. Exit status 1: a run\n"
	"failed its checks; 130: interrupted.",
    .example = "ownbench run --impl=mutex_count,rcu_driver --workload=takeover --threads=1,2,4",
    .options = options,
};

/* What is asked for and would measure nothing. */
static int check_timing(const struct plan_request *request, struct error *err)
{
	const char *name = request->latency_every ? "latency" : "claim-every";

	if (!request->latency_every && !request->claim_every_ns)
		return 0;
	if (request->check != CHECK_AUDIT || request->race)
		return error_set(err,
		    "--latency and --claim-every go with no --check: what watches "
		    "a run would be timed, too");
	for (size_t i = 0; i < request->nr_workloads; i++) {
		if (request->workloads[i]->loop == LOOP_BIND)
			return error_set(err,
			    "--%s goes not with --workload=%s: it times whole rounds, and no "
			    "operation of them; leave one of the two out",
			    name, request->workloads[i]->name);
	}
	for (size_t i = 0; request->claim_every_ns && i < request->nr_threads; i++) {
		if (request->threads[i] < 2)
			return error_set(err,
			    "--claim-every with --threads=1: the one thread is the user, and "
			    "nobody probes; 2 threads or more are needed");
	}
	return 0;
}

static double zero_unless_given(double part)
{
	return isnan(part) ? 0 : part;
}

static int check_parts(const struct plan_request *request, struct error *err)
{
	if (zero_unless_given(request->fail_pinctrl) + zero_unless_given(request->fail_configure) +
		zero_unless_given(request->fail_driver) >
	    1)
		return error_set(err,
		    "--fail-pinctrl, --fail-configure and --fail-driver: their sum "
		    "must be at most 1");
	if (zero_unless_given(request->claims) + zero_unless_given(request->plugs) > 1)
		return error_set(err, "--claims and --plugs: their sum must be at most 1");
	if (request->race && request->memory.policy != MEMORY_KERNEL)
		return error_set(err, "--memory goes not with --check=race: its groups last for "
				      "one act each; leave one of the two out");
	return check_timing(request, err);
}

/* What watches a run slows it down: its rate is nothing to be precise about. */
static bool is_check(const struct plan_request *request)
{
	return request->check != CHECK_AUDIT || request->race;
}

/* What counts where neither of the three was given. A fixed number of rounds has no goal. */
static int complete_goal(struct run_options *run, struct error *err)
{
	const bool has_goal = run->precision > 0 || run->budget > 0;

	if (run->repetitions && has_goal)
		return error_set(err,
		    "--repetitions cannot be combined with --%s: it measures a fixed number of "
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
	run.request.duration = 0.02;
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
