/* SPDX-License-Identifier: MIT */
#include "bench/sweep/schedule.h"

#include <math.h>
#include <stdlib.h>

#include "harness/memory.h"
#include "harness/stats/ratio.h"

unsigned int schedule_minimum_rounds(void)
{
	return (unsigned int)stats_next_look(0);
}

struct schedule schedule_create(const struct plan_points *points, const struct schedule_goal *goal)
{
	struct schedule schedule = {
	    .goal = *goal,
	    .points = allocate(points->nr_points, sizeof(struct schedule_point)),
	    .nr_points = points->nr_points,
	    .pass = allocate(points->nr_points, sizeof(size_t)),
	    .unfinished = NO_DESIGN,
	};
	size_t most = 0;

	for (size_t i = 0; i < points->nr_points; i++) {
		const struct plan_point *from = &points->points[i];
		struct schedule_point *point = &schedule.points[i];

		*point = (struct schedule_point){
		    .designs = allocate(from->nr_runs, sizeof(struct schedule_design)),
		    .nr_designs = from->nr_runs,
		    .baseline = from->baseline,
		    .ceiling = from->ceiling,
		};
		for (size_t d = 0; d < point->nr_designs; d++)
			point->designs[d].next_look = schedule_minimum_rounds();
		most = from->nr_runs > most ? from->nr_runs : most;
	}
	schedule.round = allocate(most, sizeof(size_t));
	return schedule;
}

void schedule_free(struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->nr_points; i++) {
		struct schedule_point *point = &schedule->points[i];

		for (size_t d = 0; d < point->nr_designs; d++) {
			free(point->designs[d].rounds);
			free(point->designs[d].values);
		}
		free(point->designs);
	}
	free(schedule->points);
	free(schedule->pass);
	free(schedule->round);
	*schedule = (struct schedule){0};
}

/* -- random order -- */

/* Returns the next number of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number
 * Generators, 2014). */
static uint64_t splitmix64(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* Shuffles the list. The result depends only on the list, the seed and the numbers `a` and `b`. */
static void shuffle_designs(size_t *list, size_t nr, uint64_t seed, uint64_t a, uint64_t b)
{
	uint64_t state = seed;

	state = splitmix64(&state) ^ a;
	state = splitmix64(&state) ^ b;
	for (size_t i = nr; i > 1; i--) {
		size_t other = splitmix64(&state) % i, last = list[i - 1];

		list[i - 1] = list[other];
		list[other] = last;
	}
}

/* -- precision -- */

static bool runs_beside_others(const struct schedule_point *point, size_t design)
{
	if (design == NO_DESIGN || point->designs[design].failed)
		return false;
	for (size_t d = 0; d < point->nr_designs; d++) {
		if (d != design && !point->designs[d].failed)
			return true;
	}
	return false;
}

/* Returns the design that the others are compared with, or NO_DESIGN. */
static size_t reference_of(const struct schedule_point *point)
{
	if (runs_beside_others(point, point->baseline))
		return point->baseline;
	return runs_beside_others(point, point->ceiling) ? point->ceiling : NO_DESIGN;
}

static bool has_goal(const struct schedule_point *point, size_t design)
{
	return !point->designs[design].failed && design != reference_of(point);
}

static struct round_ratio ratio_to_one(const struct round_values *values)
{
	double *ones = allocate(values->nr, sizeof(*ones));
	struct round_ratio ratio;

	for (size_t i = 0; i < values->nr; i++)
		ones[i] = 1;
	ratio =
	    ratio_of_rounds(values, &(struct round_values){values->rounds, ones, values->nr}, 1);
	free(ones);
	return ratio;
}

static struct round_values values_of(const struct schedule_design *design)
{
	return (struct round_values){design->rounds, design->values, design->nr};
}

/* Returns the number of pairs of designs at a point. The intervals of ratios allow for this many
 * comparisons. */
static size_t comparisons_of(const struct schedule_point *point)
{
	return point->nr_designs * (point->nr_designs - 1) / 2;
}

static struct round_ratio ratio_of(const struct schedule_point *point, size_t design)
{
	const size_t reference = reference_of(point);
	const struct round_values values = values_of(&point->designs[design]);
	struct round_values other;

	if (reference == NO_DESIGN)
		return ratio_to_one(&values);
	other = values_of(&point->designs[reference]);
	return ratio_of_rounds(&values, &other, comparisons_of(point));
}

/* A ratio without any variation is precise, even if it is 0. */
static bool is_precise(const struct round_ratio *ratio, double precision)
{
	return precision_reached(ratio, precision) ||
	       (interval_is_known(ratio->interval) && ratio->interval.low == ratio->interval.high);
}

static void check_goal(struct schedule *schedule, struct schedule_point *point, size_t d)
{
	struct schedule_design *design = &point->designs[d];
	struct round_ratio ratio;

	if (design->nr < design->next_look || design->reached || !has_goal(point, d))
		return;
	ratio = ratio_of(point, d);
	design->next_look = stats_next_look(design->nr);
	design->reached = is_precise(&ratio, schedule->goal.precision);
}

/* -- what is due -- */

static bool is_fixed(const struct schedule *schedule)
{
	return schedule->goal.repetitions > 0;
}

static bool is_due(const struct schedule *schedule, const struct schedule_point *point, size_t d)
{
	const struct schedule_design *design = &point->designs[d];

	if (is_fixed(schedule))
		return !design->failed && point->rounds < schedule->goal.repetitions;
	return has_goal(point, d) && !design->reached;
}

static bool point_is_due(const struct schedule *schedule, const struct schedule_point *point)
{
	for (size_t d = 0; d < point->nr_designs; d++) {
		if (is_due(schedule, point, d))
			return true;
	}
	return false;
}

/* The reference and the ceiling are measured in every round. */
static bool is_always_measured(const struct schedule_point *point, size_t d)
{
	return !point->designs[d].failed && (d == reference_of(point) || d == point->ceiling);
}

/* -- passes over the points -- */

static unsigned int fewest_rounds(const struct schedule *schedule)
{
	unsigned int fewest = UINT32_MAX;

	for (size_t i = 0; i < schedule->nr_points; i++) {
		const struct schedule_point *point = &schedule->points[i];

		if (point->rounds < fewest && point_is_due(schedule, point))
			fewest = point->rounds;
	}
	return fewest;
}

/* Starts a pass: one round of each due point among those with the fewest rounds so far. Returns
 * false if no point is due. */
static bool start_pass(struct schedule *schedule)
{
	const unsigned int fewest = fewest_rounds(schedule);

	schedule->nr_pass = schedule->at_pass = 0;
	for (size_t i = 0; i < schedule->nr_points; i++) {
		if (point_is_due(schedule, &schedule->points[i]) &&
		    schedule->points[i].rounds == fewest)
			schedule->pass[schedule->nr_pass++] = i;
	}
	shuffle_designs(schedule->pass, schedule->nr_pass, schedule->goal.seed, schedule->nr_points,
	    schedule->repetitions);
	return schedule->nr_pass > 0;
}

static bool is_over(const struct schedule *schedule, double elapsed)
{
	if (is_fixed(schedule) || elapsed < schedule->goal.budget)
		return false;
	return fewest_rounds(schedule) > 0;
}

/* -- rounds -- */

static void compose_round(struct schedule *schedule, size_t i, struct schedule_round *round)
{
	struct schedule_point *point = &schedule->points[i];

	*round =
	    (struct schedule_round){.point = i, .round = point->rounds, .designs = schedule->round};
	if (!point_is_due(schedule, point)) /* all its designs have failed since the pass began */
		return;
	for (size_t d = 0; d < point->nr_designs; d++) {
		if (is_due(schedule, point, d) || is_always_measured(point, d))
			schedule->round[round->nr_designs++] = d;
	}
	shuffle_designs(schedule->round, round->nr_designs, schedule->goal.seed, i, round->round);
	point->rounds++;
}

static bool was_measured(const struct schedule_design *design, unsigned int round)
{
	return design->measured && design->last == round;
}

/* Composes the rest of an interrupted round. The round may have had fewer designs than are possible
 * now, if the others were precise then. Designs that are in every round come first. */
static void complete_round(struct schedule *schedule, struct schedule_round *round)
{
	const struct schedule_point *point = &schedule->points[schedule->unfinished];
	size_t measured = 0;

	*round = (struct schedule_round){
	    .point = schedule->unfinished, .round = point->rounds - 1, .designs = schedule->round};
	schedule->unfinished = NO_DESIGN;
	for (size_t d = 0; d < point->nr_designs; d++)
		measured += was_measured(&point->designs[d], round->round);
	round->first = (unsigned int)measured;
	for (int always = 1; always >= 0; always--) {
		for (size_t d = 0; d < point->nr_designs; d++) {
			if (is_always_measured(point, d) == always && !point->designs[d].failed &&
			    !was_measured(&point->designs[d], round->round) &&
			    measured + round->nr_designs < schedule->round_size)
				schedule->round[round->nr_designs++] = d;
		}
	}
	shuffle_designs(
	    schedule->round, round->nr_designs, schedule->goal.seed, round->point, round->round);
}

bool schedule_next(struct schedule *schedule, double elapsed, struct schedule_round *round)
{
	if (schedule->unfinished != NO_DESIGN) {
		complete_round(schedule, round);
		return true;
	}
	do {
		if (is_over(schedule, elapsed))
			return false;
		if (schedule->at_pass == schedule->nr_pass && !start_pass(schedule))
			return false;
		compose_round(schedule, schedule->pass[schedule->at_pass++], round);
	} while (!round->nr_designs);
	return true;
}

/* Called when the reference fails. Another design becomes the reference, so all earlier checks of
 * precision concerned the wrong ratio. */
static void forget_looks(struct schedule_point *point)
{
	for (size_t d = 0; d < point->nr_designs; d++) {
		struct schedule_design *design = &point->designs[d];

		design->reached = false;
		design->next_look = schedule_minimum_rounds();
	}
}

void schedule_add(struct schedule *schedule, size_t i, size_t d, unsigned int round, double value)
{
	struct schedule_point *point = &schedule->points[i];
	struct schedule_design *design = &point->designs[d];

	schedule->repetitions++;
	design->measured = true;
	design->last = round;
	if (point->rounds <= round)
		point->rounds = round + 1;
	if (isnan(value)) {
		if (d == reference_of(point))
			forget_looks(point);
		design->failed = true;
		return;
	}
	design->rounds = reallocate(design->rounds, design->nr + 1, sizeof(*design->rounds));
	design->values = reallocate(design->values, design->nr + 1, sizeof(*design->values));
	design->rounds[design->nr] = round;
	design->values[design->nr++] = value;
}

void schedule_end_round(struct schedule *schedule, size_t i)
{
	struct schedule_point *point = &schedule->points[i];

	if (is_fixed(schedule))
		return;
	for (size_t d = 0; d < point->nr_designs; d++)
		check_goal(schedule, point, d);
}

void schedule_set_unfinished(struct schedule *schedule, size_t point, unsigned int size)
{
	schedule->unfinished = point;
	schedule->round_size = size;
}

struct schedule_state schedule_state(const struct schedule *schedule)
{
	struct schedule_state state = {0};

	for (size_t i = 0; i < schedule->nr_points; i++) {
		const struct schedule_point *point = &schedule->points[i];
		size_t goals = 0, reached = 0;

		for (size_t d = 0; d < point->nr_designs; d++) {
			goals += has_goal(point, d);
			reached += has_goal(point, d) && point->designs[d].reached;
		}
		state.goals += goals;
		state.reached += reached;
		state.points += goals > 0;
		state.points_reached += goals > 0 && reached == goals;
		state.below_minimum += goals > reached && point->rounds < schedule_minimum_rounds();
	}
	return state;
}
