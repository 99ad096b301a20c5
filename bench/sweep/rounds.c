/* SPDX-License-Identifier: MIT */
#include "bench/sweep/rounds.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/sweep/record.h"
#include "harness/measure/clock.h"
#include "harness/measure/isolate.h"

/* Without --timeout, a run is given up this many seconds after it should have ended. */
static const double TIMEOUT_SECONDS = 20;

/* -- messages during the sweep -- */

/* Reports that a run's events could not be counted. Only the first such run is reported, since the
 * cause is likely to affect other runs, too. */
static void say_uncounted(struct rounds *rounds, const struct plan_run *run, int wrong)
{
	if (rounds->uncounted || !wrong)
		return;
	rounds->uncounted = true;
	fprintf(stderr, "ownbench run: %s: events are not counted: %s%s\n", run->name,
	    strerror(wrong),
	    wrong == EMFILE ? "; raise the limit with ulimit -n, or use fewer --events" : "");
}

/* Returns the seconds that the sweep will still take: the rest of the budget, or for a fixed number
 * of repetitions an extrapolation from the mean so far. */
static double seconds_left(const struct rounds *rounds)
{
	const struct schedule *schedule = rounds->schedule;
	double left = 0;

	if (!schedule->goal.repetitions)
		return fmax(0, schedule->goal.budget - rounds->elapsed);
	for (size_t i = 0; i < schedule->nr_points; i++) {
		const struct schedule_point *point = &schedule->points[i];

		left += (schedule->goal.repetitions - point->rounds) * (double)point->nr_designs;
	}
	return schedule->repetitions
	           ? left * rounds->elapsed / (double)schedule->repetitions
	           : left * (rounds->options->request.warmup + rounds->options->request.duration);
}

static void show_progress(
    struct rounds *rounds, const struct schedule_round *round, const struct plan_run *run)
{
	char done[64];

	if (!rounds->progress.terminal)
		return;
	if (rounds->schedule->goal.repetitions) {
		snprintf(done, sizeof(done), "round %u of %u", round->round + 1,
		    rounds->schedule->goal.repetitions);
	} else {
		const struct schedule_state state = schedule_state(rounds->schedule);

		snprintf(done, sizeof(done), "round %u, %zu of %zu points precise",
		    round->round + 1, state.points_reached, state.points);
	}
	progress_line(&rounds->progress, done, seconds_left(rounds), run->name);
}

/* -- one repetition -- */

static double timeout_of(const struct run_options *options)
{
	if (options->timeout > 0)
		return options->timeout;
	return options->request.warmup + options->request.duration + TIMEOUT_SECONDS;
}

static enum run_end measure_run(struct rounds *rounds, const struct plan_run *run,
    struct run_result *result, struct steal *steal)
{
	struct steal before, after;
	const bool is_readable = !steal_read(NULL, &before);
	enum run_end end =
	    run_isolated(&run->spec, result, timeout_of(rounds->options), rounds->stop);

	*steal = (struct steal){0};
	if (is_readable && !steal_read(NULL, &after))
		*steal = steal_between(&before, &after);
	return end;
}

static int record_run(struct rounds *rounds, const struct schedule_round *round, size_t i,
    const struct run_result *result, const struct steal *steal, struct error *err)
{
	const size_t design = round->designs[i];
	const struct plan_run *run = rounds->points->points[round->point].runs[design];
	struct record_place place = {
	    .round = round->round,
	    .order = round->first + (unsigned int)i,
	    .designs = round->first + (unsigned int)round->nr_designs,
	    .steal = *steal,
	};
	const bool failed = result->failure[0];
	json_t *record;
	int ret;

	rounds->elapsed = clock_seconds_since(rounds->start_ns);
	place.at_seconds = rounds->elapsed;
	record = record_make(run, &place, result);
	ret = sweep_dir_append(rounds->dir, record, err);

	schedule_add(rounds->schedule, round->point, design, round->round,
	    failed ? NAN
		   : json_number_value(
			 json_object_get(json_object_get(record, "metrics"), "items_per_second")));
	json_decref(record);
	progress_clear(&rounds->progress);
	if (failed)
		fprintf(
		    stderr, "ownbench run: %s: %s\n%s", run->name, result->failure, result->hung);
	say_uncounted(rounds, run, result->uncounted);
	return ret;
}

static int measure_design(
    struct rounds *rounds, const struct schedule_round *round, size_t i, struct error *err)
{
	const struct plan_run *run = rounds->points->points[round->point].runs[round->designs[i]];
	const unsigned int threads = run->spec.pins->nr_threads;
	struct run_result *result = run_result_create(threads, err);
	struct steal steal;
	int ret = 0;

	if (!result)
		return -1;
	show_progress(rounds, round, run);
	if (measure_run(rounds, run, result, &steal) == RUN_ENDED)
		ret = record_run(rounds, round, i, result, &steal, err);
	progress_clear(&rounds->progress);
	run_result_destroy(result, threads);
	return ret;
}

int rounds_measure(struct rounds *rounds, struct error *err)
{
	struct schedule_round round;

	while (!*rounds->stop && schedule_next(rounds->schedule, rounds->elapsed, &round)) {
		for (size_t i = 0; i < round.nr_designs && !*rounds->stop; i++) {
			if (measure_design(rounds, &round, i, err))
				return -1;
		}
		if (!*rounds->stop)
			schedule_end_round(rounds->schedule, round.point);
	}
	return 0;
}
