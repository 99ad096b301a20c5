/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <regex.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/build_info.h"
#include "bench/commands.h"
#include "bench/progress.h"
#include "bench/registry.h"
#include "bench/run_json.h"
#include "bench/run_options.h"
#include "harness/results/file.h"
#include "harness/results/sweep.h"
#include "harness/results/sweep_dir.h"
#include "harness/results/table.h"

/* A run without a --timeout may take this long beyond its warm-up and window. */
static const double TIMEOUT_SECONDS = 20;

/* Set by Ctrl-C; the only thing a handler can reach. */
static volatile sig_atomic_t interrupted;

struct sweep_run {
	struct plan plan;
	struct run_options options;
	struct sweep_dir dir;
	struct progress progress;
	struct error error; /* of the first file that could not be written */
	bool unwritable;
	bool failed; /* some run failed its checks */
};

/* What Google Benchmark hands back to us for one benchmark. */
struct registered {
	struct sweep_run *sweep;
	const struct plan_run *run;
	unsigned int repetition;
	char failed_first[256]; /* what its first repetition failed with; empty: it did not */
};

static void on_interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
}

static void cannot_write(struct sweep_run *sweep, const struct error *err)
{
	if (!sweep->unwritable)
		sweep->error = *err;
	sweep->unwritable = true;
}

static void report_counters(struct gbench_state *state, const struct plan_run *run,
    const struct run_result *result, double per_second)
{
	const struct tally *t = &result->tally;
	const double seconds = result->seconds > 0 ? result->seconds : INFINITY;

	gbench_set_time(state, per_second > 0 ? 1 / per_second : run->spec.duration,
	    per_second > 0 ? result->cpu_per_second / per_second : 0);
	gbench_set_label(state, run->workload->unit);
	gbench_set_counter(state, "items_per_second", per_second);
	gbench_set_counter(state, "refused_per_second", (double)t->refused / seconds);
	gbench_set_counter(state, "claims_per_second", (double)t->claims / seconds);
	gbench_set_counter(state, "claims_refused_per_second", (double)t->claims_refused / seconds);
	gbench_set_counter(state, "queries_per_second", (double)t->queries / seconds);
	gbench_set_counter(state, "plugs_per_second", (double)t->plugs / seconds);
	gbench_set_counter(state, "fairness", result->fairness);
	gbench_set_counter(state, "overlap", result->overlap);
	gbench_set_counter(state, "start_skew_us", result->start_skew * 1e6);
	if (run->spec.loop == LOOP_RACE) {
		gbench_set_counter(state, "spurious", (double)race_sum(result->races).spurious);
	}
	if (run->spec.loop == LOOP_BIND) {
		gbench_set_counter(state, "time_to_last_bind_us", result->bind_median * 1e6);
		gbench_set_counter(state, "time_to_last_bind_p90_us", result->bind_p90 * 1e6);
	}
}

static void journal(struct registered *registered, const struct run_result *result)
{
	struct sweep_run *sweep = registered->sweep;
	json_t *json = run_json(registered->run, registered->repetition++, result);
	struct error err;

	if (sweep_dir_append(&sweep->dir, json, &err))
		cannot_write(sweep, &err);
	json_decref(json);
}

static void report(
    struct registered *registered, struct gbench_state *state, const struct run_result *result)
{
	const struct plan_run *run = registered->run;
	bool probes = run->workload->user_holds;

	if (!registered->repetition)
		snprintf(registered->failed_first, sizeof(registered->failed_first), "%s",
		    result->failure);
	journal(registered, result);
	/* Google Benchmark 1.7 takes a run's statistics from its first repetition, and crashes
	 * where that one failed and two others did not: then none of them counts. */
	if (!result->failure[0] && registered->failed_first[0]) {
		gbench_fail(state, registered->failed_first);
		return;
	}
	if (!result->failure[0]) {
		report_counters(
		    state, run, result, probes ? result->attempts_per_second : result->per_second);
		return;
	}
	registered->sweep->failed = true;
	fprintf(stderr, "ownbench run: %s: %s\n", run->name, result->failure);
	gbench_fail(state, result->failure);
}

static double timeout_for(const struct sweep_run *sweep)
{
	const struct plan_request *request = &sweep->options.request;

	if (sweep->options.timeout > 0)
		return sweep->options.timeout;
	return request->warmup + request->duration + TIMEOUT_SECONDS;
}

/* One repetition. */
static void body(struct gbench_state *state, void *arg)
{
	struct registered *registered = arg;
	struct sweep_run *sweep = registered->sweep;
	unsigned int threads = registered->run->spec.pins->nr_threads;
	struct run_result *result;
	enum run_end end;
	struct error err;

	if (interrupted || sweep->unwritable) {
		gbench_skip(state);
		return;
	}
	result = run_result_create(threads, &err);
	if (!result) {
		gbench_fail(state, err.text);
		return;
	}
	progress_show(&sweep->progress, registered->run->name);
	end = run_isolated(&registered->run->spec, result, timeout_for(sweep), &interrupted);
	progress_done(&sweep->progress);
	progress_clear(&sweep->progress);
	if (end == RUN_INTERRUPTED)
		gbench_skip(state);
	else
		report(registered, state, result);
	run_result_destroy(result, threads);
}

static void save_results(void *arg, const char *text, size_t size)
{
	struct sweep_run *sweep = arg;
	struct error err;

	if (sweep_dir_save(&sweep->dir, text, size, &err))
		cannot_write(sweep, &err);
}

static void save_gbench_out(void *arg, const char *text, size_t size)
{
	struct sweep_run *sweep = arg;
	struct error err;

	if (file_write_whole(sweep->options.gbench_out, text, size, &err))
		cannot_write(sweep, &err);
}

/* Google Benchmark's own filter, applied to our names. Leaves in the plan what passes. */
static int apply_filter(struct plan *plan, const char *filter, struct error *err)
{
	bool negative = filter[0] == '-';
	size_t kept = 0;
	regex_t regex;

	if (regcomp(&regex, filter + negative, REG_EXTENDED | REG_NOSUB))
		return error_set(err,
		    "--benchmark_filter=%s: not a regular expression (POSIX extended)", filter);
	for (size_t i = 0; i < plan->nr_runs; i++) {
		bool matches = regexec(&regex, plan->runs[i].name, 0, NULL, 0) == 0;

		if (!strcmp(filter, "all") || matches != negative) {
			struct plan_run run = plan->runs[i];

			plan->runs[i] = plan->runs[kept];
			plan->runs[kept++] = run;
		}
	}
	regfree(&regex);
	for (size_t i = kept; i < plan->nr_runs; i++)
		free(plan->runs[i].name);
	plan->nr_runs = kept;
	for (size_t i = 0; i < kept; i++)
		plan->runs[i].spec.make_trace_arg = &plan->runs[i].trace;
	return kept ? 0 : error_set(err, "--benchmark_filter=%s: matches no run", filter);
}

/* What Google Benchmark does not take is an error of the person who gave it. */
static int start_gbench(struct run_options *options, struct error *err)
{
	static char program[] = "ownbench";
	static char min_time[] = "--benchmark_min_time=1e-15"; /* the first iteration is enough */
	static char interleave[] = "--benchmark_enable_random_interleaving=true";
	char repetitions[64];
	char **given = calloc((size_t)options->gbench_argc + 5, sizeof(char *));
	int n = 0;

	snprintf(repetitions, sizeof(repetitions), "--benchmark_repetitions=%u",
	    (unsigned int)options->repetitions);
	given[n++] = program;
	given[n++] = min_time;
	given[n++] = interleave;
	given[n++] = repetitions;
	for (int i = 1; i < options->gbench_argc; i++)
		given[n++] = options->gbench_argv[i]; /* the last one counts */
	gbench_init(&n, given);
	if (n > 1)
		error_set(err, "%s: Google Benchmark has no such option or value", given[1]);
	free(given);
	return n > 1 ? -1 : 0;
}

static void catch_interrupts(void)
{
	struct sigaction action = {.sa_handler = on_interrupt};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static void measure(struct sweep_run *sweep)
{
	const struct gbench_output outputs[] = {
	    {GBENCH_JSON, false, save_results, sweep},
	    {sweep->options.gbench_format, sweep->options.aggregates_only, save_gbench_out, sweep},
	};
	struct registered *all = calloc(sweep->plan.nr_runs, sizeof(*all));
	const struct plan_request *request = &sweep->options.request;

	for (size_t i = 0; i < sweep->plan.nr_runs; i++) {
		all[i] = (struct registered){.sweep = sweep, .run = &sweep->plan.runs[i]};
		gbench_register(all[i].run->name, body, &all[i]);
	}
	progress_start(&sweep->progress, sweep->plan.nr_runs * sweep->options.repetitions,
	    request->warmup + request->duration);
	catch_interrupts();
	gbench_run("ceiling", sweep->options.show_all, outputs, sweep->options.gbench_out ? 2 : 1);
	free(all);
}

enum { DIRECTORY_NAME_MAX = 64 };

static const char *default_directory(char name[DIRECTORY_NAME_MAX])
{
	time_t now = time(NULL);
	struct tm tm;

	strftime(name, DIRECTORY_NAME_MAX, "sweep-%Y%m%d-%H%M%S", localtime_r(&now, &tm));
	return name;
}

static int show_table(const struct sweep_run *sweep, struct error *err)
{
	struct sweep table;

	if (sweep_load(sweep->dir.path, &table, err))
		return -1;
	putchar('\n');
	sweep_print_table(stdout, &table);
	printf("\nresults in %s\n", sweep->dir.path);
	sweep_free(&table);
	return 0;
}

static int finish(struct sweep_run *sweep)
{
	struct error err;

	if (!sweep->unwritable && show_table(sweep, &err))
		cannot_write(sweep, &err);
	if (sweep->unwritable) {
		command_error(&run_command, &sweep->error);
		return EXIT_CHECK_FAILED;
	}
	if (interrupted) {
		fprintf(stderr, "ownbench run: interrupted: %s holds what was measured\n",
		    sweep->dir.path);
		return EXIT_INTERRUPTED;
	}
	return sweep->failed ? EXIT_CHECK_FAILED : EXIT_OK;
}

static int sweep_and_report(struct sweep_run *sweep, int argc, char **argv)
{
	const char *out = sweep->options.out;
	char name[DIRECTORY_NAME_MAX];
	struct error err;
	json_t *env;
	int status;

	if (start_gbench(&sweep->options, &err)) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	env = env_collect(NULL, build_info());
	status = sweep_dir_create(
	    &sweep->dir, out ? out : default_directory(name), env, argc, argv, &err);
	json_decref(env);
	if (status) {
		command_error(&run_command, &err);
		return EXIT_CHECK_FAILED;
	}
	for (size_t i = 0; i < sweep->plan.nr_runs; i++)
		sweep->plan.runs[i].spec.history_dir = sweep->dir.path;
	measure(sweep);
	status = finish(sweep);
	sweep_dir_close(&sweep->dir);
	return status;
}

static int plan_and_run(struct sweep_run *sweep, int argc, char **argv)
{
	struct run_options *options = &sweep->options;
	struct error err;
	int status = EXIT_OK;

	if (plan_make(&sweep->plan, &options->request, &err)) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	if (sweep->plan.nr_left_out)
		fprintf(stderr,
		    "ownbench run: %zu points left out: more threads than devices, and each thread "
		    "needs one of its own\n",
		    sweep->plan.nr_left_out);
	if (options->filter && apply_filter(&sweep->plan, options->filter, &err)) {
		command_error(&run_command, &err);
		status = EXIT_USAGE;
	} else if (options->list_runs) {
		for (size_t i = 0; i < sweep->plan.nr_runs; i++)
			puts(sweep->plan.runs[i].name);
	} else {
		status = sweep_and_report(sweep, argc, argv);
	}
	plan_free(&sweep->plan);
	return status;
}

int cmd_run(int argc, char **argv)
{
	struct sweep_run sweep = {0};
	char **given = calloc((size_t)argc + 1, sizeof(char *)); /* parsing permutes argv */
	int status;

	memcpy(given, argv, (size_t)argc * sizeof(char *));
	status = run_options_parse(&sweep.options, argc, argv);
	if (status == PARSED)
		status = plan_and_run(&sweep, argc, given);
	run_options_free(&sweep.options);
	free(given);
	return status;
}
