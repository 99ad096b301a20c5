/* SPDX-License-Identifier: MIT */
#include "bench/sweep/run_options.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/events.h"

enum { RECORDS_MAX = 100000000 };
enum { THREADS_MAX = 1024, DEVICES_MAX = 65536, GROUPS_MAX = 1000000, REPETITIONS_MAX = 1000 };

/* A day, in the unit of the option. */
static const double SECONDS_MAX = 86400;
static const uint64_t DELAY_NS_MAX = 1000000000;
static const uint64_t CLAIM_EVERY_NS_MAX = 3600000000000;

enum { STEPS_MAX = 1000000000, CHECK_REPETITIONS = 5 };

static const double DEFAULT_PRECISION = 0.05, DEFAULT_BUDGET = 240;

static int set_text(char **field, const char *value, const char *name, struct error *err)
{
	if (!*value)
		return error_set(err, "--%s: must not be empty", name);
	free(*field);
	*field = strdup(value);
	return *field ? 0 : error_set(err, "--%s: not enough memory", name);
}

static int set_impl(void *context, const char *value, struct error *err)
{
	struct plan_request *request = context;
	char *rest = strdup(value);
	char *copy = rest;
	char *item;

	while (rest && (item = strsep(&rest, ","))) {
		request->impls = realloc(request->impls, (request->nr_impls + 1) * sizeof(char *));
		request->impls[request->nr_impls] = NULL;
		if (set_text(&request->impls[request->nr_impls], item, "impl", err)) {
			free(copy);
			return -1;
		}
		request->nr_impls++;
	}
	free(copy);
	return 0;
}

static int add_workload(struct plan_request *request, const char *name, struct error *err)
{
	const struct workload *workload = workload_find(name);
	char all[256] = "";

	if (workload) {
		request->workloads = realloc(
		    request->workloads, (request->nr_workloads + 1) * sizeof(struct workload *));
		request->workloads[request->nr_workloads++] = workload;
		return 0;
	}
	for (size_t i = 0; i < nr_workloads; i++) {
		size_t used = strlen(all);

		snprintf(all + used, sizeof(all) - used, "%s%s", i ? ", " : "", workloads[i].name);
	}
	return error_set(err, "--workload=%s: must be one of %s", name, all);
}

static int set_workload(void *context, const char *value, struct error *err)
{
	char *rest = strdup(value);
	char *copy = rest;
	char *item;
	int ret = 0;

	while (!ret && (item = strsep(&rest, ",")))
		ret = add_workload(context, item, err);
	free(copy);
	return ret;
}

static int set_threads(void *context, const char *value, struct error *err)
{
	struct plan_request *r = context;

	return option_uint_list("threads", value, 1, THREADS_MAX, &r->threads, &r->nr_threads, err);
}

static int set_devices(void *context, const char *value, struct error *err)
{
	struct plan_request *r = context;

	return option_uint_list("devices", value, 1, DEVICES_MAX, &r->devices, &r->nr_devices, err);
}

static int set_groups(void *context, const char *value, struct error *err)
{
	struct plan_request *r = context;

	return option_uint_list("groups", value, 1, GROUPS_MAX, &r->groups, &r->nr_groups, err);
}

static int set_topology(void *context, const char *value, struct error *err)
{
	return set_text(&((struct plan_request *)context)->topology, value, "topology", err);
}

static int set_path(void *context, const char *value, struct error *err)
{
	static const char *const names[] = {"ops", "probe", NULL};

	return option_choice("path", value, names, &((struct plan_request *)context)->path, err);
}

static int set_pin(void *context, const char *value, struct error *err)
{
	static const char *const names[] = {"compact", "scatter", "core", "none", NULL};
	int chosen;

	if (option_choice("pin", value, names, &chosen, err))
		return -1;
	((struct plan_request *)context)->pin = (enum pin_policy)chosen;
	return 0;
}

static int set_memory(void *context, const char *value, struct error *err)
{
	struct memory_request *memory = &((struct plan_request *)context)->memory;
	static const char node[] = "node:";
	struct error unused;
	uint64_t number;

	if (!strcmp(value, "local")) {
		*memory = (struct memory_request){.policy = MEMORY_LOCAL};
	} else if (!strcmp(value, "interleave")) {
		*memory = (struct memory_request){.policy = MEMORY_INTERLEAVE};
	} else if (!strncmp(value, node, strlen(node)) &&
		   !option_uint("memory", value + strlen(node), 0, INT_MAX, &number, &unused)) {
		*memory =
		    (struct memory_request){.policy = MEMORY_NODE, .node = (unsigned int)number};
	} else {
		return error_set(err,
		    "--memory=%s: must be local, interleave, or node:N with a node's number",
		    value);
	}
	return 0;
}

static int set_check(void *context, const char *value, struct error *err)
{
	static const char *const names[] = {"audit", "witness", "history", "race", NULL};
	int chosen;

	if (option_choice("check", value, names, &chosen, err))
		return -1;
	((struct plan_request *)context)->race = chosen == CHECK_KINDS;
	((struct plan_request *)context)->check =
	    chosen == CHECK_KINDS ? CHECK_AUDIT : (enum run_check)chosen;
	return 0;
}

static int set_history(void *context, const char *value, struct error *err)
{
	uint64_t records;

	if (option_uint("history", value, 100, RECORDS_MAX, &records, err))
		return -1;
	((struct plan_request *)context)->history = records;
	return 0;
}

static int set_save_histories(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct plan_request *)context)->history_all = true;
	return 0;
}

static int set_duration(void *context, const char *value, struct error *err)
{
	double *duration = &((struct plan_request *)context)->duration;

	return option_real("duration", value, 0.001, SECONDS_MAX, duration, err);
}

static int set_warmup(void *context, const char *value, struct error *err)
{
	double *warmup = &((struct plan_request *)context)->warmup;

	return option_real("warmup", value, 0, SECONDS_MAX, warmup, err);
}

static int set_hold(void *context, const char *value, struct error *err)
{
	uint64_t *hold = &((struct plan_request *)context)->hold_ns;

	return option_uint("hold", value, 0, DELAY_NS_MAX, hold, err);
}

static int set_latency(void *context, const char *value, struct error *err)
{
	uint64_t *every = &((struct plan_request *)context)->latency_every;

	return option_uint("latency", value, 1, STEPS_MAX, every, err);
}

static int set_claim_every(void *context, const char *value, struct error *err)
{
	uint64_t *every = &((struct plan_request *)context)->claim_every_ns;

	return option_uint("claim-every", value, 1, CLAIM_EVERY_NS_MAX, every, err);
}

static int set_gap(void *context, const char *value, struct error *err)
{
	uint64_t *gap = &((struct plan_request *)context)->gap_ns;

	return option_uint("gap", value, 0, DELAY_NS_MAX, gap, err);
}

static int set_claims(void *context, const char *value, struct error *err)
{
	return option_real("claims", value, 0, 1, &((struct plan_request *)context)->claims, err);
}

static int set_plugs(void *context, const char *value, struct error *err)
{
	return option_real("plugs", value, 0, 1, &((struct plan_request *)context)->plugs, err);
}

static int set_readers(void *context, const char *value, struct error *err)
{
	return option_real("readers", value, 0, 1, &((struct plan_request *)context)->readers, err);
}

static int set_fail_pinctrl(void *context, const char *value, struct error *err)
{
	double *part = &((struct plan_request *)context)->fail_pinctrl;

	return option_real("fail-pinctrl", value, 0, 1, part, err);
}

static int set_fail_configure(void *context, const char *value, struct error *err)
{
	double *part = &((struct plan_request *)context)->fail_configure;

	return option_real("fail-configure", value, 0, 1, part, err);
}

static int set_fail_driver(void *context, const char *value, struct error *err)
{
	double *part = &((struct plan_request *)context)->fail_driver;

	return option_real("fail-driver", value, 0, 1, part, err);
}

static int set_zipf(void *context, const char *value, struct error *err)
{
	return option_real("zipf", value, 0, 10, &((struct plan_request *)context)->zipf, err);
}

static int set_seed(void *context, const char *value, struct error *err)
{
	uint64_t *seed = &((struct plan_request *)context)->seed;

	return option_uint("seed", value, 0, UINT32_MAX, seed, err);
}

/* The request comes first in struct run_options, so that the setters above and below share it. */
static int set_repetitions(void *context, const char *value, struct error *err)
{
	uint64_t *repetitions = &((struct run_options *)context)->repetitions;

	return option_uint("repetitions", value, 1, REPETITIONS_MAX, repetitions, err);
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
static int set_precision(void *context, const char *value, struct error *err)
{
	const double least = 0.001, most = 1;
	struct run_options *run = context;
	double number = 0;
	const char *unit = number_with_unit(value, &number);
	const bool percent = unit && !strcmp(unit, "%");

	run->precision = percent ? number / 100 : number;
	if (!unit || (*unit && !percent) || !(run->precision >= least && run->precision <= most))
		return error_set(
		    err, "--precision=%s: must be from 0.1%% to 100%%, as 5%% or 0.05", value);
	run->precision_given = true;
	return 0;
}

/* 90, or 10m */
static int set_budget(void *context, const char *value, struct error *err)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
	struct run_options *run = context;
	double number = 0;
	const char *unit = number_with_unit(value, &number);

	run->budget = 0;
	for (size_t i = 0; unit && i < sizeof(units) / sizeof(units[0]); i++) {
		if (!strcmp(unit, units[i].unit))
			run->budget = number * units[i].seconds;
	}
	if (!(run->budget > 0 && run->budget <= SECONDS_MAX))
		return error_set(err,
		    "--budget=%s: must be a time above 0 and up to 24h, in seconds or as 10m",
		    value);
	run->budget_given = true;
	return 0;
}

static int set_order_seed(void *context, const char *value, struct error *err)
{
	struct run_options *run = context;

	run->order_seed_given = true;
	return option_uint("order-seed", value, 0, UINT32_MAX, &run->order_seed, err);
}

static int set_events(void *context, const char *value, struct error *err)
{
	return events_parse(value, &((struct plan_request *)context)->counters, err);
}

static int set_timeout(void *context, const char *value, struct error *err)
{
	double *timeout = &((struct run_options *)context)->timeout;

	return option_real("timeout", value, 0.1, SECONDS_MAX, timeout, err);
}

static int set_resume(void *context, const char *value, struct error *err)
{
	return set_text(&((struct run_options *)context)->resume, value, "resume", err);
}

static int set_plan(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct run_options *)context)->show_plan = true;
	return 0;
}

static int set_out(void *context, const char *value, struct error *err)
{
	return set_text(&((struct run_options *)context)->out, value, "out", err);
}

static int set_family(void *context, const char *value, struct error *err)
{
	return family_option(value, &((struct plan_request *)context)->family, err);
}

static int set_uses(void *context, const char *value, struct error *err)
{
	uint64_t *uses = &((struct plan_request *)context)->uses;

	return option_uint("uses", value, 1, STEPS_MAX, uses, err);
}

static int set_keep(void *context, const char *value, struct error *err)
{
	uint64_t *keep = &((struct plan_request *)context)->keep_ns;

	return option_uint("keep", value, 1, CLAIM_EVERY_NS_MAX, keep, err);
}

static int set_unbind_every(void *context, const char *value, struct error *err)
{
	uint64_t *every = &((struct plan_request *)context)->unbind_every_ns;

	return option_uint("unbind-every", value, 1, CLAIM_EVERY_NS_MAX, every, err);
}

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure",
	"the problem: ownership of a group, lifetime of a service that is\n"
	"unbound while it is used, or who configures a device first; with\n"
	"this one --hold is how long a set-up lasts (default: ownership)",
	set_family},
    {"impl", "A,B,..",
	"names, or patterns as 'mutex_count<*>'; a name before '<' that is no\n"
	"name itself means all built from it; 'all' includes the negative\n"
	"controls (default: all but those and an implementation's variants\n"
	"over other locks)",
	set_impl},
    {"workload", "W,..", "as 'ownbench list' shows them (default: all)", set_workload},
    {"threads", "N,..",
	"threads, up to 1024 (default: 1, 2, .. twice the CPUs for share, else\n"
	"the CPUs)",
	set_threads},
    {"devices", "N,..", "devices in a group, up to 65536 (default: 8, and 128 for share)",
	set_devices},
    {"groups", "N,..", "groups, up to 1000000; share has one (default: 16 for spread, else 1)",
	set_groups},
    {"topology", "FILE",
	"groups of a real machine: a listing, - for one on standard input,\n"
	"'sysfs' for this machine, or 'all' for each listing of\n"
	"results/topologies ('list --topologies=FILE' shows one)\n"
	"(default for storm: sysfs, or a listing of results/topologies)",
	set_topology},
    {"path", "PATH",
	"ops: the ownership operations and the stores to dev->driver;\n"
	"probe: all of probe and remove, with device_lock\n"
	"(default: probe for flap and storm, else ops)",
	set_path},
    {"hold", "NS", "between probe and remove, or claim and release (default: 0)", set_hold},
    {"gap", "NS", "between remove and the next probe (default: 0)", set_gap},
    {"latency", "EVERY",
	"time the operations of one step in EVERY, and show percentiles;\n"
	"1021 costs next to nothing; not in storm (default: none is timed)",
	set_latency},
    {"claim-every", "NS",
	"the last thread is a user who claims a group this often, trying\n"
	"until he gets it; the others only probe, unless --claims says more;\n"
	"takes 2 threads or more",
	set_claim_every},
    {"uses", "N", "lifetime: uses between a get and its put (default: 4)", set_uses},
    {"keep", "NS",
	"lifetime: a consumer keeps what it got so long, refused or not, and\n"
	"puts it then (default: 1000000 for keep; for unbind, its uses)",
	set_keep},
    {"unbind-every", "NS",
	"lifetime: the last of several threads unbinds this often, and binds\n"
	"again an eighth of it later (default: 100000)",
	set_unbind_every},
    {"claims", "PART", "of the steps are a user's claims (default: 0.1 for takeover)", set_claims},
    {"plugs", "PART", "of the steps take a device out and back (default: 0.1 for hotplug)",
	set_plugs},
    {"readers", "PART",
	"of the threads only ask claimed(), or of one thread's steps\n"
	"(default: 0.5 for query)",
	set_readers},
    {"fail-pinctrl", "PART", "of the probes fail at this step (default: 0.1 for flap)",
	set_fail_pinctrl},
    {"fail-configure", "PART", "the same for dma_configure", set_fail_configure},
    {"fail-driver", "PART", "the same for the driver's probe", set_fail_driver},
    {"zipf", "EXPONENT", "popularity of the groups in spread (default: 0, uniform)", set_zipf},
    {"seed", "N", "of the threads' traces (default: 1)", set_seed},
    {"order-seed", "N",
	"of the order in which points and designs are measured (default: drawn\n"
	"anew; sweep.json has it)",
	set_order_seed},
    {"duration", "SECONDS",
	"of the window of one run; 3 times as long (1 s more at most) while\n"
	"other processes disturb it (default: 0.02)",
	set_duration},
    {"warmup", "SECONDS",
	"before it, at least; 3 times as long while the rate is not steady\n"
	"(default: 0.02)",
	set_warmup},
    {"precision", "PERCENT",
	"measure rounds until every ratio to the baseline is known to so much\n"
	"either way, as 5% or 0.05, or --budget is used up (default: 5%)",
	set_precision},
    {"budget", "TIME",
	"for all rounds, in seconds, or as 10m (default: 4m); every point gets\n"
	"one round, whatever the budget",
	set_budget},
    {"repetitions", "N",
	"measure N rounds instead, however precise they are (default: 5\n"
	"with a --check other than audit)",
	set_repetitions},
    {"pin", "POLICY",
	"compact: neighbouring CPUs; scatter: far apart; core: one thread on\n"
	"a core; none (default: compact)",
	set_pin},
    {"memory", "POLICY",
	"NUMA nodes that groups and devices are placed on: local, a device on\n"
	"that of the thread that uses it, a group on that of the first which\n"
	"uses one of its devices; interleave, page by page over all; node:N\n"
	"(default: as the kernel does, where set-up touches them first)",
	set_memory},
    {"check", "CHECK",
	"audit: tallies balance, groups are idle at the end; witness: and\n"
	"holders mark their group, in a loop of its own; history: operations\n"
	"are recorded and checked for linearizability; race: one-shot races\n"
	"on fresh groups in place of the workloads (default: audit)",
	set_check},
    {"history", "N", "operations of a thread to record; then it rests (default: 100000)",
	set_history},
    {"save-histories", NULL, "all of them, and not only those that are refuted",
	set_save_histories},
    {"events", "E,..",
	"to be counted in each thread's window, as 'ownbench list --events'\n"
	"shows them, or 'none' (default: cycles, instructions, cache and\n"
	"coherence events, context switches, migrations, page faults)",
	set_events},
    {"timeout", "SECONDS", "after which a run counts as hung (default: 20 and its duration)",
	set_timeout},
    {"out", "DIR", "for the results (default: sweep-DATE-TIME)", set_out},
    {"resume", "DIR",
	"goes on with the sweep in DIR, which was interrupted: by its own\n"
	"options, without measuring anything twice; takes no other option",
	set_resume},
    {"plan", NULL, "shows what would be run, and for how long, and runs nothing", set_plan},
    {"benchmark_*", NULL,
	"Google Benchmark's own: _filter, _list_tests, _repetitions, _out,\n"
	"_out_format, _format (console, json or csv, on stdout), ..",
	NULL},
    {0},
};

const struct command run_command = {
    .name = "run",
    .synopsis = "[OPTION...]",
    .summary =
	"Measures every implementation under every workload asked for, and ends with a table.\n"
	"A round measures each implementation of a point once, in random order. Rounds go\n"
	"on until ratios are precise or the time is used up; what is precise is measured\n"
	"no further. Lists of threads, devices and groups are combined. Exit status 1: a\n"
	"run failed its checks; 130: interrupted.",
    .example = "ownbench run --impl=mutex_count,rcu_driver --workload=takeover --threads=1,2,4",
    .options = options,
};

static const char *flag_value(const char *arg, const char *flag)
{
	size_t len = strlen(flag);

	if (strncmp(arg, flag, len))
		return NULL;
	return arg[len] == '=' ? arg + len + 1 : arg[len] ? NULL : "true";
}

static int set_gbench_format(struct run_options *run, const char *value, struct error *err)
{
	static const char *const names[] = {"json", "console", NULL};
	int chosen;

	if (option_choice("benchmark_out_format", value, names, &chosen, err))
		return -1;
	run->gbench_format = chosen ? GBENCH_CONSOLE : GBENCH_JSON;
	return 0;
}

/* To Google Benchmark. Its format decides what else may go to stdout. */
static int pass_gbench_flag(struct run_options *run, char *arg)
{
	const char *format = flag_value(arg, "--benchmark_format");

	if (format)
		run->display = !strcmp(format, "console") ? DISPLAY_ROWS : DISPLAY_FOR_PROGRAMS;
	run->gbench_argv[run->gbench_argc++] = arg;
	return 0;
}

/* Those of Google Benchmark's flags that are ours to carry out; the others are its own. */
static int take_gbench_flag(struct run_options *run, char *arg, struct error *err)
{
	const char *value;

	if ((value = flag_value(arg, "--benchmark_filter")))
		return set_text(&run->filter, value, "benchmark_filter", err);
	if ((value = flag_value(arg, "--benchmark_list_tests")))
		run->list_runs = strcmp(value, "false") != 0;
	else if ((value = flag_value(arg, "--benchmark_display_aggregates_only")))
		run->show_all = !strcmp(value, "false");
	else if ((value = flag_value(arg, "--benchmark_report_aggregates_only")))
		run->aggregates_only = strcmp(value, "false") != 0;
	else if (flag_value(arg, "--benchmark_enable_random_interleaving"))
		return error_set(err,
		    "--benchmark_enable_random_interleaving: rounds are in random order; "
		    "--order-seed=N gives the same order again");
	else if ((value = flag_value(arg, "--benchmark_repetitions")))
		return set_repetitions(run, value, err);
	else if ((value = flag_value(arg, "--benchmark_min_time")))
		return set_duration(run, value, err);
	else if ((value = flag_value(arg, "--benchmark_out_format")))
		return set_gbench_format(run, value, err);
	else if ((value = flag_value(arg, "--benchmark_out")))
		return set_text(&run->gbench_out, value, "benchmark_out", err);
	else
		return pass_gbench_flag(run, arg);
	return 0;
}

/* Moves Google Benchmark's flags out of argv. */
static int split_gbench_flags(struct run_options *run, int *argc, char **argv, struct error *err)
{
	int kept = 0;

	run->gbench_argv = calloc((size_t)*argc + 8, sizeof(char *));
	run->gbench_argv[run->gbench_argc++] = argv[0];
	for (int i = 0; i < *argc; i++) {
		if (strncmp(argv[i], "--benchmark_", strlen("--benchmark_")))
			argv[kept++] = argv[i];
		else if (take_gbench_flag(run, argv[i], err))
			return -1;
	}
	argv[kept] = NULL;
	*argc = kept;
	return 0;
}

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

static int check_parts(const struct plan_request *request, struct error *err)
{
	double sum = 0;

	sum += isnan(request->fail_pinctrl) ? 0 : request->fail_pinctrl;
	sum += isnan(request->fail_configure) ? 0 : request->fail_configure;
	sum += isnan(request->fail_driver) ? 0 : request->fail_driver;
	if (sum > 1)
		return error_set(err,
		    "--fail-pinctrl, --fail-configure and --fail-driver: their sum "
		    "must be at most 1");
	if ((isnan(request->claims) ? 0 : request->claims) +
		(isnan(request->plugs) ? 0 : request->plugs) >
	    1)
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

/* A fixed number has no goal. */
static int check_goal(const struct run_options *run, struct error *err)
{
	if (run->repetitions && (run->precision_given || run->budget_given))
		return error_set(err,
		    "--repetitions cannot be combined with --%s: it measures a fixed number of "
		    "rounds",
		    run->precision_given ? "precision" : "budget");
	return 0;
}

struct run_options run_options_default(void)
{
	struct run_options run = {.request = plan_request_default(),
	    .precision = DEFAULT_PRECISION,
	    .budget = DEFAULT_BUDGET};

	run.request.warmup = 0.02;
	run.request.duration = 0.02;
	run.request.history = 100000;
	return run;
}

int run_options_parse(struct run_options *run, int argc, char **argv)
{
	struct error err;
	int first, status;

	*run = run_options_default();
	if (events_parse(EVENTS_DEFAULT, &run->request.counters, &err) ||
	    split_gbench_flags(run, &argc, argv, &err)) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	status = options_parse(&run_command, argc, argv, run, &first);
	if (is_check(&run->request) && !run->precision_given && !run->budget_given &&
	    !run->repetitions)
		run->repetitions = CHECK_REPETITIONS;
	if (status == PARSED && (check_goal(run, &err) || check_parts(&run->request, &err))) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	return status;
}

void run_options_free(struct run_options *run)
{
	struct plan_request *request = &run->request;

	for (size_t i = 0; i < request->nr_impls; i++)
		free(request->impls[i]);
	free(request->impls);
	free(request->workloads);
	free(request->threads);
	free(request->devices);
	free(request->groups);
	free(request->topology);
	free(run->out);
	free(run->resume);
	free(run->filter);
	free(run->gbench_out);
	free(run->gbench_argv);
}
