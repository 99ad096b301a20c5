/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/build_info.h"
#include "bench/commands.h"
#include "bench/figures.h"
#include "bench/progress.h"
#include "bench/registry.h"
#include "bench/resume.h"
#include "bench/run_json.h"
#include "bench/run_options.h"
#include "bench/run_say.h"
#include "harness/env/steal.h"
#include "harness/measure/clock.h"
#include "harness/results/drift.h"
#include "harness/results/file.h"
#include "harness/results/machine.h"
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
	const char *resumed; /* the directory, or NULL */
	json_t *before;      /* what was measured before an interruption, or NULL */
	uint64_t start_ns;
	struct progress progress;
	unsigned int cpus;  /* of the machine; 0: unknown */
	struct steal steal; /* over all repetitions, those before an interruption included */
	struct error error; /* of the first file that could not be written */
	bool unwritable;
	bool failed;    /* some run failed its checks */
	bool uncounted; /* some run could not count its events, and it was said */
};

/* What Google Benchmark hands back to us for one benchmark. */
struct registered {
	struct sweep_run *sweep;
	const struct plan_run *run;
	unsigned int repetition;
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

static void journal(struct registered *registered, const struct run_result *result,
    const struct steal *steal, const json_t *figures)
{
	struct sweep_run *sweep = registered->sweep;
	json_t *json = run_json(registered->run, registered->repetition, result);
	struct error err;

	json_object_set_new(
	    json, "steal", json_pack("{s:f, s:f}", "stolen", steal->stolen, "all", steal->all));
	json_object_set(json, "figures", (json_t *)figures);
	if (sweep_dir_append(&sweep->dir, json, &err))
		cannot_write(sweep, &err);
	json_decref(json);
}

/* Said once: what kept one run from counting keeps others of its size, too. */
static void say_uncounted(struct sweep_run *sweep, const struct plan_run *run, int wrong)
{
	if (sweep->uncounted || !wrong)
		return;
	sweep->uncounted = true;
	fprintf(stderr, "ownbench run: %s: events are not counted: %s%s\n", run->name,
	    strerror(wrong),
	    wrong == EMFILE ? "; ulimit -n with more, fewer --events, or none would do" : "");
}

/* A repetition that was just measured, or (`failure` or `figures`) as the journal has it. */
static void report(struct registered *registered, struct gbench_state *state, const char *failure,
    const json_t *figures)
{
	registered->repetition++;
	if (!failure) {
		figures_report(state, figures);
		return;
	}
	registered->sweep->failed = true;
	fprintf(stderr, "ownbench run: %s: %s\n", registered->run->name, failure);
	gbench_fail(state, failure);
}

static void add_steal(struct sweep_run *sweep, const struct steal *steal)
{
	sweep->steal.stolen += steal->stolen;
	sweep->steal.all += steal->all;
}

static void report_measured(struct registered *registered, struct gbench_state *state,
    const struct run_result *result, const struct steal *steal)
{
	struct sweep_run *sweep = registered->sweep;
	json_t *figures = figures_json(
	    registered->run, result, steal, (double)(clock_ns() - sweep->start_ns) * 1e-9);

	add_steal(sweep, steal);
	journal(registered, result, steal, figures);
	say_uncounted(sweep, registered->run, result->uncounted);
	report(registered, state, result->failure[0] ? result->failure : NULL, figures);
	json_decref(figures);
}

/* What an interrupted sweep has measured of this already. */
static bool report_again(struct registered *registered, struct gbench_state *state)
{
	const json_t *run =
	    resume_find(registered->sweep->before, registered->run->name, registered->repetition);
	const json_t *steal;

	if (!run)
		return false;
	steal = json_object_get(run, "steal");
	add_steal(registered->sweep,
	    &(struct steal){.stolen = json_number_value(json_object_get(steal, "stolen")),
		.all = json_number_value(json_object_get(steal, "all"))});
	report(registered, state, json_string_value(json_object_get(run, "failure")),
	    json_object_get(run, "figures"));
	return true;
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
	struct steal before, after, steal = {0};
	struct run_result *result;
	enum run_end end;
	struct error err;
	bool told;

	if (interrupted || sweep->unwritable) {
		gbench_skip(state);
		return;
	}
	if (report_again(registered, state)) {
		progress_done(&sweep->progress);
		return;
	}
	result = run_result_create(threads, &err);
	if (!result) {
		gbench_fail(state, err.text);
		return;
	}
	progress_show(&sweep->progress, registered->run->name);
	told = !steal_read(NULL, &before);
	end = run_isolated(&registered->run->spec, result, timeout_for(sweep), &interrupted);
	if (told && !steal_read(NULL, &after))
		steal = steal_between(&before, &after);
	progress_done(&sweep->progress);
	progress_clear(&sweep->progress);
	if (end == RUN_INTERRUPTED)
		gbench_skip(state);
	else
		report_measured(registered, state, result, &steal);
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

/* What is known of the sweep at its end only. */
static void add_last_context(void *arg)
{
	const struct sweep_run *sweep = arg;
	char percent[32];

	if (sweep->steal.all <= 0)
		return;
	snprintf(percent, sizeof(percent), "%.3g", steal_percent(&sweep->steal));
	gbench_add_context("steal_percent", percent);
}

static void measure(struct sweep_run *sweep)
{
	const struct gbench_output outputs[] = {
	    {GBENCH_JSON, false, save_results, sweep},
	    {sweep->options.gbench_format, sweep->options.aggregates_only, save_gbench_out, sweep},
	};
	struct registered *all = calloc(sweep->plan.nr_runs, sizeof(*all));
	const struct plan_request *request = &sweep->options.request;
	char memory[MEMORY_TEXT_MAX];

	for (size_t i = 0; i < sweep->plan.nr_runs; i++) {
		all[i] = (struct registered){.sweep = sweep, .run = &sweep->plan.runs[i]};
		gbench_register(all[i].run->name, body, &all[i]);
	}
	memory_text(&request->memory, memory);
	gbench_add_context("memory", memory);
	progress_start(&sweep->progress, sweep->plan.nr_runs * sweep->options.repetitions,
	    request->warmup + request->duration);
	catch_interrupts();
	gbench_run("ceiling", sweep->options.show_all, outputs, sweep->options.gbench_out ? 2 : 1,
	    add_last_context, sweep);
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

/* The ceiling is the machine's own: where it changes, all figures do. */
static int tell_drift(const struct sweep_run *sweep, const struct sweep *table, struct error *err)
{
	struct drift drift;
	const bool told = drift_find(table, &drift);
	json_t *json = drift_json(&drift, told);
	char text[128];
	int ret = sweep_dir_put(&sweep->dir, "drift.json", json, err);

	json_decref(json);
	drift_describe(&drift, text, sizeof(text));
	if (drift.drifted)
		fprintf(stderr,
		    "ownbench run: the machine drifted: %s; repetitions are spread over all of it, "
		    "so ratios stand, but absolute figures do not\n",
		    text);
	return ret;
}

static int show_table(const struct sweep_run *sweep, struct error *err)
{
	struct sweep table;
	int ret;

	if (sweep_load(sweep->dir.path, &table, err))
		return -1;
	putchar('\n');
	sweep_print_table(stdout, &table);
	ret = tell_drift(sweep, &table, err);
	run_say_stolen(&sweep->steal);
	run_say_starved(&table, sweep->cpus);
	printf("\nresults in %s\n", sweep->dir.path);
	sweep_free(&table);
	return ret;
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

/* That of the sweep to be resumed. Exit status; the error is set unless it is EXIT_OK. */
static int reopen_directory(struct sweep_run *sweep, const json_t *env, struct error *err)
{
	enum sweep_dir_opened opened;
	bool torn = false;
	json_t *runs;

	if (resume_check(sweep->resumed, env, err))
		return EXIT_USAGE;
	opened = sweep_dir_reopen(&sweep->dir, sweep->resumed, &runs, &torn, err);
	if (opened != SWEEP_DIR_OPEN)
		return opened == SWEEP_DIR_MALFORMED ? EXIT_USAGE : EXIT_CHECK_FAILED;
	if (torn)
		fputs("ownbench run: the last line of runs.jsonl was not written whole: that "
		      "repetition is measured again\n",
		    stderr);
	sweep->before = resume_index(runs, err);
	json_decref(runs);
	if (!sweep->before)
		sweep_dir_close(&sweep->dir);
	return sweep->before ? EXIT_OK : EXIT_USAGE;
}

/* The listing that came on standard input is kept with the sweep: --resume reads it from there. */
static const char kept_listing[] = "stdin.find.txt";

static bool has_listing_on_stdin(const struct sweep_run *sweep)
{
	const char *path = sweep->options.request.topology;

	return path && strcmp(path, "-") == 0;
}

static int keep_listing(struct sweep_run *sweep, struct error *err)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);
	int ret = 0;

	if (!out)
		return error_errno(err, "not enough memory for the listing");
	for (size_t i = 0; !ret && i < sweep->plan.nr_topologies; i++) {
		if (strcmp(sweep->plan.topologies[i]->name, "stdin") == 0)
			ret = topology_write(out, sweep->plan.topologies[i]);
	}
	if (fclose(out) || ret)
		ret = error_errno(err, "not enough memory for the listing");
	else
		ret = sweep_dir_write(&sweep->dir, kept_listing, text, size, err);
	free(text);
	return ret;
}

static void use_kept_listing(struct sweep_run *sweep)
{
	char **path = &sweep->options.request.topology;

	free(*path);
	if (asprintf(path, "%s/%s", sweep->resumed, kept_listing) < 0)
		abort(); /* a short text */
}

/* A new one, or that of the sweep to be resumed. Exit status; the error is set unless EXIT_OK. */
static int open_directory(
    struct sweep_run *sweep, const json_t *env, int argc, char **argv, struct error *err)
{
	const char *out = sweep->options.out;
	char name[DIRECTORY_NAME_MAX];

	if (sweep->resumed)
		return reopen_directory(sweep, env, err);
	if (sweep_dir_create(
		&sweep->dir, out ? out : default_directory(name), env, argc, argv, err))
		return EXIT_CHECK_FAILED;
	if (!has_listing_on_stdin(sweep) || !keep_listing(sweep, err))
		return EXIT_OK;
	sweep_dir_close(&sweep->dir);
	return EXIT_CHECK_FAILED;
}

static int sweep_and_report(struct sweep_run *sweep, int argc, char **argv)
{
	struct error err;
	json_t *env;
	int status;

	if (start_gbench(&sweep->options, &err)) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	env = env_collect(NULL, build_info());
	status = open_directory(sweep, env, argc, argv, &err);
	sweep->cpus = machine_nr_cpus(env);
	json_decref(env);
	if (status != EXIT_OK) {
		command_error(&run_command, &err);
		return status;
	}
	for (size_t i = 0; i < sweep->plan.nr_runs; i++)
		sweep->plan.runs[i].spec.history_dir = sweep->dir.path;
	sweep->start_ns = clock_ns() - (uint64_t)(resume_elapsed(sweep->before) * 1e9);
	run_say_left_out(&sweep->options.request.counters);
	measure(sweep);
	status = finish(sweep);
	json_decref(sweep->before);
	sweep_dir_close(&sweep->dir);
	return status;
}

static int plan_and_run(struct sweep_run *sweep, int argc, char **argv)
{
	struct run_options *options = &sweep->options;
	struct error err;
	int status = EXIT_OK;

	if (sweep->resumed && has_listing_on_stdin(sweep))
		use_kept_listing(sweep);
	if (plan_make(&sweep->plan, &options->request, &err)) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	run_say_points_left_out(&sweep->plan);
	run_say_lines_skipped(&sweep->plan);
	run_say_one_node(&sweep->plan, &options->request);
	if (options->filter && plan_filter(&sweep->plan, options->filter, &err)) {
		command_error(&run_command, &err);
		status = EXIT_USAGE;
	} else if (options->list_runs) {
		for (size_t i = 0; i < sweep->plan.nr_runs; i++)
			puts(sweep->plan.runs[i].name);
	} else if (options->show_plan) {
		run_show_plan(&sweep->plan, &options->request, options->repetitions);
	} else {
		status = sweep_and_report(sweep, argc, argv);
	}
	plan_free(&sweep->plan);
	return status;
}

static int resume(const char *dir, int argc, char **argv);

/* `resumed`: the directory whose options these are, or NULL for a new sweep. */
static int run(int argc, char **argv, const char *resumed)
{
	struct sweep_run sweep = {.resumed = resumed};
	char **given = calloc((size_t)argc + 1, sizeof(char *)); /* parsing permutes argv */
	int status;

	memcpy(given, argv, (size_t)argc * sizeof(char *));
	status = run_options_parse(&sweep.options, argc, argv);
	if (status == PARSED && sweep.options.resume && !resumed)
		status = resume(sweep.options.resume, argc, given);
	else if (status == PARSED)
		status = plan_and_run(&sweep, argc, given);
	run_options_free(&sweep.options);
	free(given);
	return status;
}

static int resume(const char *dir, int argc, char **argv)
{
	const bool alone = argc == 2 || (argc == 3 && !strchr(argv[1], '='));
	struct error err;
	char **own;
	int nr_own, status;

	if (!alone) {
		error_set(
		    &err, "--resume=DIR: a sweep goes on with its own options, and no others");
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	own = resume_arguments(dir, &nr_own, &err);
	if (!own) {
		command_error(&run_command, &err);
		return EXIT_USAGE;
	}
	status = run(nr_own, own, dir);
	resume_free_arguments(own);
	return status;
}

int cmd_run(int argc, char **argv)
{
	return run(argc, argv, NULL);
}
