/* SPDX-License-Identifier: MIT */
#include "bench/sweep/sweep.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/sweep/gbench_output.h"
#include "bench/sweep/interrupt.h"
#include "bench/sweep/resume.h"
#include "bench/sweep/rounds.h"
#include "bench/sweep/settings.h"
#include "bench/sweep/stdin_listing.h"
#include "bench/sweep/sweep_messages.h"
#include "bench/version/build_info.h"
#include "harness/files/file.h"
#include "harness/measure/clock.h"
#include "harness/record/sweep.h"

/* -- the directory -- */

/* The open directory of a sweep, and the results that it already contains if the sweep is
 * resumed. */
struct opened {
	struct sweep_dir dir;
	struct sweep before;
	struct schedule_goal goal;
};

/* Opens the directory of an interrupted sweep. Returns an exit status; the error is set unless
 * that is EXIT_OK. */
static int reopen_sweep(struct opened *opened, const struct run_options *options,
    const char *resumed, const json_t *environment, struct error *err)
{
	bool torn = false;

	if (resume_check(resumed, environment, err))
		return EXIT_USAGE;
	if (sweep_dir_reopen(&opened->dir, resumed, &torn, err))
		return EXIT_CHECK_FAILED;
	if (torn)
		fputs("ownbench run: the last line of runs.jsonl is incomplete; its repetition is "
		      "measured again\n",
		    stderr);
	if (sweep_load_open(resumed, opened->dir.journal, &opened->before, err)) {
		sweep_dir_close(&opened->dir);
		return EXIT_USAGE;
	}
	opened->goal = settings_goal(options, opened->before.settings);
	return EXIT_OK;
}

static int create_sweep(struct opened *opened, const struct run_options *options,
    const json_t *environment, int argc, char *const *argv, struct error *err)
{
	json_t *settings;
	int ret = -1;

	opened->goal = settings_goal(options, NULL);
	settings = settings_json(options, &opened->goal, argc, argv, err);
	if (settings)
		ret = sweep_dir_create(&opened->dir,
		    options->out ? options->out : file_dated_name("sweep").s, settings, environment,
		    err);
	json_decref(settings);
	return ret ? EXIT_CHECK_FAILED : EXIT_OK;
}

static int open_directory(struct opened *opened, const struct run_options *options,
    const char *resumed, int argc, char *const *argv, struct error *err)
{
	json_t *environment = env_collect(NULL, build_info());
	int status = resumed ? reopen_sweep(opened, options, resumed, environment, err)
	                     : create_sweep(opened, options, environment, argc, argv, err);

	json_decref(environment);
	return status;
}

/* -- the rounds -- */

/* Repeats the messages about failures from before the interruption. */
static void say_failures(const struct sweep *before)
{
	for (size_t i = 0; i < before->nr_runs; i++) {
		const struct sweep_run *run = &before->runs[i];
		char *name = run_id_name(&run->id);

		if (run->failure)
			fprintf(stderr, "ownbench run: %s: %s\n", name, run->failure);
		free(name);
	}
}

static int measure_plan(const struct plan *plan, const struct run_options *options,
    struct opened *opened, struct error *err)
{
	struct plan_points points = plan_points_of(plan);
	struct schedule schedule = schedule_create(&points, &opened->goal);
	struct rounds rounds = {
	    .options = options,
	    .points = &points,
	    .schedule = &schedule,
	    .dir = &opened->dir,
	    .stop = &interrupted,
	    .elapsed = resume_elapsed(&opened->before),
	};
	int ret;

	rounds.start_ns = clock_ns() - (uint64_t)(rounds.elapsed * 1e9);
	say_failures(&opened->before);
	resume_schedule(&schedule, &points, &opened->before);
	progress_start(&rounds.progress, 0, 0);
	interrupt_catch();
	ret = rounds_measure(&rounds, err);
	if (!ret && !opened->goal.repetitions && options->display != DISPLAY_FOR_PROGRAMS)
		run_say_precision(&schedule, rounds.elapsed);
	schedule_free(&schedule);
	plan_points_free(&points);
	return ret;
}

/* -- outputs -- */

static bool has_failures(const struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		if (sweep->runs[i].failure)
			return true;
	}
	return false;
}

/* Prints the tables, unless stdout is for a program: then only Google Benchmark's output may be
 * written there. */
static int show_tables(const char *dir, const struct run_options *options, struct error *err)
{
	if (options->display == DISPLAY_FOR_PROGRAMS)
		return 0;
	return run_show_table(dir, err);
}

/* Writes all outputs and prints the tables. *failed reports whether some run failed a check.
 * Returns 0, or -1 with the error set. */
static int write_outputs(
    struct opened *opened, const struct run_options *options, bool *failed, struct error *err)
{
	char *dir = opened->dir.path;
	struct sweep sweep;
	bool empty;
	int ret;

	if (sweep_load_open(dir, opened->dir.journal, &sweep, err))
		return -1;
	empty = !sweep.nr_runs;
	*failed = has_failures(&sweep);
	ret = empty ? 0 : gbench_output_write(&sweep, options, &opened->dir, err);
	sweep_free(&sweep);
	return ret || empty ? ret : show_tables(dir, options, err);
}

static int exit_status_of(const char *dir, bool failed)
{
	if (interrupted) {
		fprintf(stderr, "ownbench run: interrupted: %s has the results so far\n", dir);
		return EXIT_INTERRUPTED;
	}
	return failed ? EXIT_CHECK_FAILED : EXIT_OK;
}

static int report_failure(int status, const struct error *err)
{
	command_error(run_command.name, err);
	return status;
}

int sweep_run(struct plan *plan, struct run_options *options, const char *resumed, int argc,
    char *const *argv)
{
	struct opened opened = {0};
	struct error err;
	bool failed = false;
	int status;

	if (gbench_output_start(options, &err))
		return report_failure(EXIT_USAGE, &err);
	status = open_directory(&opened, options, resumed, argc, argv, &err);
	if (status != EXIT_OK)
		return report_failure(status, &err);
	for (size_t i = 0; i < plan->nr_runs; i++)
		plan->runs[i].spec.history_dir = opened.dir.path;
	run_say_left_out(&options->request.counters);
	run_say_small_budget(plan, options);
	if ((stdin_listing_asked_for(&options->request) &&
		stdin_listing_keep(&opened.dir, plan, &err)) ||
	    measure_plan(plan, options, &opened, &err) ||
	    write_outputs(&opened, options, &failed, &err))
		status = report_failure(EXIT_CHECK_FAILED, &err);
	else
		status = exit_status_of(opened.dir.path, failed);
	sweep_free(&opened.before);
	sweep_dir_close(&opened.dir);
	return status;
}
