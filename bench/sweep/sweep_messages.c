/* SPDX-License-Identifier: MIT */
#include "bench/sweep/sweep_messages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/report/report_make.h"
#include "bench/report/topologies.h"
#include "harness/measure/events.h"
#include "harness/show/report_document.h"
#include "harness/show/show.h"
#include "harness/show/terminal.h"

static struct minutes {
	char s[32];
} minutes(double seconds)
{
	const unsigned long whole = (unsigned long)(seconds + 0.5);
	struct minutes text;

	snprintf(text.s, sizeof(text.s), "%lu:%02lu", whole / 60, whole % 60);
	return text;
}

/* Returns the seconds that `rounds` rounds take, without set-up. */
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
	printf("\n"
	       "%zu points, %zu runs, %s%u rounds: %s minutes of warm-up and measurement, plus "
	       "set-up\n",
	    points.nr_points, plan->nr_runs, options->repetitions ? "" : "at least ", rounds,
	    minutes(seconds_of(plan, options, rounds)).s);
	if (!options->repetitions)
		printf("Rounds continue until every ratio is known to within %g%%, or %s minutes "
		       "are used up.\n",
		    100 * options->precision, minutes(options->budget).s);
	printf("Points and designs are measured in a random order, seeded by --order-seed, which "
	       "sweep.json keeps.\nThe threads' operations are drawn from --seed=%" PRIu64 ".\n",
	    options->request.seed);
	plan_points_free(&points);
}

void run_say_small_budget(const struct plan *plan, const struct run_options *options)
{
	const unsigned int rounds = schedule_minimum_rounds();
	const double needed = seconds_of(plan, options, rounds);

	if (!options->repetitions && needed > options->budget)
		fprintf(stderr,
		    "ownbench run: --budget=%g: %u rounds of %zu runs take at least %.0f s, so "
		    "fewer rounds are measured and no ratio becomes precise; use a larger budget, "
		    "fewer points or fewer implementations\n",
		    options->budget, rounds, plan->nr_runs, needed);
}

void run_say_precision(const struct schedule *schedule, double seconds)
{
	const struct schedule_state state = schedule_state(schedule);

	printf("%zu of %zu ratios are known to within %g%%, among them all ratios of %zu of %zu "
	       "points; this took %s minutes\n",
	    state.reached, state.goals, 100 * schedule->goal.precision, state.points_reached,
	    state.points, minutes(seconds).s);
}

void run_say_lines_skipped(const struct plan *plan)
{
	for (size_t i = 0; i < plan->nr_topologies; i++)
		listing_say_skipped(plan->topologies[i], "run");
}

void run_say_points_left_out(const struct plan *plan)
{
	if (plan->nr_left_out)
		fprintf(stderr,
		    "ownbench run: %zu points left out: they have more threads than devices, and "
		    "each thread needs its own device\n",
		    plan->nr_left_out);
	if (plan->nr_alone)
		fprintf(stderr,
		    "ownbench run: %zu points with one thread left out: with --claim-every that "
		    "thread is the user, and no thread probes\n",
		    plan->nr_alone);
}

void run_say_one_node(const struct plan *plan, const struct plan_request *request)
{
	char text[MEMORY_TEXT_MAX];

	if (!plan->memory || memory_nr_nodes(plan->memory) > 1)
		return;
	memory_text(&request->memory, text);
	fprintf(stderr,
	    "ownbench run: --memory=%s has no effect: this machine has only one NUMA node\n", text);
}

void run_say_left_out(struct counter_list *counters)
{
	char *text = events_keep_countable(counters);

	if (text)
		fprintf(stderr, "ownbench run: events: %s\n", text);
	free(text);
}

/* Prints the report's warnings about conditions that distort the figures. */
static void say_warnings(const json_t *report)
{
	const json_t *sweep, *warning;
	size_t i, j;

	json_array_foreach (json_object_get(report, "sweeps"), i, sweep) {
		json_array_foreach (json_object_get(sweep, "warnings"), j, warning)
			fprintf(stderr, "ownbench run: %s; %s\n", member_text(warning, "what"),
			    member_text(warning, "remedy"));
	}
}

int run_show_table(const char *dir, struct error *err)
{
	const struct terminal terminal = terminal_of(stdout);
	json_t *report = report_load(&dir, 1, err);
	int ret;

	if (!report)
		return -1;
	putchar('\n');
	ret = show_tables(stdout, report, &terminal, err);
	say_warnings(report);
	printf("\nresults in %s\n", dir);
	json_decref(report);
	return ret;
}
