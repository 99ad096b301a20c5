/* SPDX-License-Identifier: MIT */
#include "bench/run_say.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/measure/events.h"
#include "harness/record/sweep_dir.h"
#include "harness/results/drift.h"
#include "harness/results/machine.h"
#include "harness/results/starved.h"
#include "harness/results/stolen.h"
#include "harness/results/table.h"

static struct minutes {
	char s[32];
} minutes(double seconds)
{
	const unsigned long whole = (unsigned long)(seconds + 0.5);
	struct minutes text;

	snprintf(text.s, sizeof(text.s), "%lu:%02lu", whole / 60, whole % 60);
	return text;
}

/* Of so many rounds, without setting up. */
static double seconds_of(const struct plan *plan, const struct run_options *options, double rounds)
{
	return (double)plan->nr_runs * rounds *
	       (options->request.warmup + options->request.duration);
}

void run_show_plan(const struct plan *plan, const struct run_options *options)
{
	struct plan_points points = plan_points_of(plan);
	const unsigned int rounds =
	    options->repetitions ? (unsigned int)options->repetitions : schedule_minimum_rounds();

	for (size_t i = 0; i < plan->nr_runs; i++)
		puts(plan->runs[i].name);
	printf("\n%zu points, %zu runs, %u rounds%s: %s minutes of warm-up and windows; setting up "
	       "comes to it\n",
	    points.nr_points, plan->nr_runs, rounds, options->repetitions ? "" : " at least",
	    minutes(seconds_of(plan, options, rounds)).s);
	if (!options->repetitions)
		printf("Rounds go on until every ratio is known to %g%%, or %s minutes are used "
		       "up.\n",
		    100 * options->precision, minutes(options->budget).s);
	printf("Points and designs are measured in an order drawn from --order-seed, which "
	       "sweep.json keeps.\nWhat threads do is drawn from --seed=%" PRIu64 ".\n",
	    options->request.seed);
	plan_points_free(&points);
}

void run_say_small_budget(const struct plan *plan, const struct run_options *options)
{
	const unsigned int rounds = schedule_minimum_rounds();
	const double needed = seconds_of(plan, options, rounds);

	if (!options->repetitions && needed > options->budget)
		fprintf(stderr,
		    "ownbench run: --budget=%g: %u rounds of %zu runs take %.0f s or more: fewer "
		    "are measured, and nothing gets precise; a larger budget, fewer points or "
		    "implementations would do\n",
		    options->budget, rounds, plan->nr_runs, needed);
}

void run_say_precision(const struct schedule *schedule, double seconds)
{
	const struct schedule_state state = schedule_state(schedule);

	printf("%zu of %zu ratios are known to %g%% or better, at %zu of %zu points all, after %s "
	       "minutes\n",
	    state.reached, state.goals, 100 * schedule->goal.precision, state.points_reached,
	    state.points, minutes(seconds).s);
}

void run_say_points_left_out(const struct plan *plan)
{
	if (plan->nr_left_out)
		fprintf(stderr,
		    "ownbench run: %zu points left out: more threads than devices, and each thread "
		    "needs one of its own\n",
		    plan->nr_left_out);
	if (plan->nr_alone)
		fprintf(stderr,
		    "ownbench run: %zu points of one thread left out: with --claim-every it is the "
		    "user, and nobody probes\n",
		    plan->nr_alone);
}

void run_say_one_node(const struct plan *plan, const struct plan_request *request)
{
	char text[MEMORY_TEXT_MAX];

	if (!plan->memory || memory_nr_nodes(plan->memory) > 1)
		return;
	memory_text(&request->memory, text);
	fprintf(stderr,
	    "ownbench run: --memory=%s: there is one NUMA node, and all memory is on it anyway\n",
	    text);
}

void run_say_left_out(struct counter_list *counters)
{
	char *text = events_keep_countable(counters);

	if (text)
		fprintf(stderr, "ownbench run: events: %s\n", text);
	free(text);
}

static void say_stolen(const struct sweep *sweep)
{
	const double percent = stolen_percent(sweep);

	if (stolen_matters(percent))
		fprintf(stderr,
		    "ownbench run: the hypervisor took %.1f%% of the CPUs' time during the runs "
		    "(steal): figures are too low, and spread; take a quieter host, or the bare "
		    "machine\n",
		    percent);
}

static void say_starved(const struct sweep *sweep, const char *dir)
{
	struct error ignored;
	json_t *environment = sweep_dir_environment(dir, &ignored);
	struct starved starved;
	char text[128];

	if (starved_find(sweep, machine_nr_cpus(environment), &starved) && starved.matters) {
		starved_describe(&starved, text, sizeof(text));
		fprintf(stderr,
		    "ownbench run: %s; neither rates nor ratios stand: end what else runs, and "
		    "measure again\n",
		    text);
	}
	json_decref(environment);
}

/* The ceiling is the machine's own: where it changes, all figures do. */
static int tell_drift(const char *dir, const struct sweep *table, struct error *err)
{
	struct drift drift;
	const bool told = drift_find(table, &drift);
	json_t *json = drift_json(&drift, told);
	char text[128];
	char *path = file_path(dir, "drift.json");
	int ret = json_file_write(path, json, err);

	free(path);
	json_decref(json);
	drift_describe(&drift, text, sizeof(text));
	if (drift.drifted)
		fprintf(stderr,
		    "ownbench run: the machine drifted: %s; repetitions are spread over all of it, "
		    "so ratios stand, but absolute figures do not\n",
		    text);
	return ret;
}

int run_show_table(const char *dir, struct error *err)
{
	struct sweep table;
	int ret;

	if (sweep_load(dir, &table, err))
		return -1;
	putchar('\n');
	sweep_print_table(stdout, &table);
	ret = tell_drift(dir, &table, err);
	say_stolen(&table);
	say_starved(&table, dir);
	printf("\nresults in %s\n", dir);
	sweep_free(&table);
	return ret;
}
