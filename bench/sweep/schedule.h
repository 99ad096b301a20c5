/* SPDX-License-Identifier: MIT */
/*
 * What is measured next. A round of a point measures its designs once each, in random order, so
 * that what the machine does meanwhile cancels in the ratios of that round.
 *
 * A pass measures one round of each point, so that drift is spread. After the minimum of rounds it
 * measures only designs whose ratio to the reference is not precise enough, with the reference and
 * the ceiling beside them, until all are or the budget is used up. No design is given up: a few
 * rounds do not show how many it needs.
 *
 * A round measures the reference once, too. More measurements in one round would not be independent
 * samples: see harness/README.md, "What limits it".
 *
 * The reference is the point's baseline, else its ceiling; without either, a design's own median is
 * made precise.
 *
 * It decides from the repetitions that schedule_add() notes and from the time. It measures nothing
 * itself.
 */
#ifndef BENCH_SWEEP_SCHEDULE_H
#define BENCH_SWEEP_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/sweep/plan_points.h"

struct schedule_goal {
	double precision; /* 0.05: either way of every ratio */
	double budget;    /* seconds for all rounds */
	unsigned int
	    repetitions; /* 0: until precise; else the number of rounds, whatever the time */
	uint64_t seed;   /* of the order of points and of designs */
};

/* Repetitions of one design at one point. */
struct schedule_design {
	unsigned int *rounds; /* of those that passed, ascending */
	double *values;
	size_t nr;
	bool measured;     /* in some round, */
	unsigned int last; /* the last of them */
	bool failed;       /* it is not measured again */
	bool reached;
	size_t next_look; /* number of rounds at which its precision is looked at next */
};

struct schedule_point {
	struct schedule_design *designs;
	size_t nr_designs;
	size_t baseline, ceiling; /* or NO_DESIGN */
	unsigned int rounds;      /* that have begun */
};

/* Some or all designs of a point, in the order in which they are to be measured. */
struct schedule_round {
	size_t point;
	unsigned int round;
	const size_t *designs; /* borrowed until the next call */
	size_t nr_designs;
	unsigned int first; /* place of the first: above 0 if the round was begun before */
};

struct schedule {
	struct schedule_goal goal;
	struct schedule_point *points;
	size_t nr_points;
	size_t *pass; /* points of the pass over them that is under way */
	size_t nr_pass, at_pass;
	size_t repetitions;
	size_t *round;           /* designs of the round */
	size_t unfinished;       /* point whose last round was interrupted, or NO_DESIGN */
	unsigned int round_size; /* designs of that round */
};

struct schedule schedule_create(const struct plan_points *points, const struct schedule_goal *goal);
void schedule_free(struct schedule *schedule);

/* The rounds that every point gets before any precision is looked at. */
unsigned int schedule_minimum_rounds(void);

/* Chooses the next round, `elapsed` seconds after the sweep began. Returns false if there is none:
 * the goal is reached, or the budget used up. Every point gets one round whatever the budget. */
bool schedule_next(struct schedule *schedule, double elapsed, struct schedule_round *round);

/* Notes one repetition, in a round that schedule_next() chose or an interrupted sweep had begun;
 * `value` is NAN if it failed. */
void schedule_add(
    struct schedule *schedule, size_t point, size_t design, unsigned int round, double value);

/* A round is over: looks at the precision of its designs if it is time to. */
void schedule_end_round(struct schedule *schedule, size_t point);

/* The last round of the point, of `size` designs, was interrupted: it is completed first. */
void schedule_set_unfinished(struct schedule *schedule, size_t point, unsigned int size);

/* Counts the ratios (or medians) that are to be precise, and those that are. */
struct schedule_state {
	size_t goals, reached;
	size_t points, points_reached; /* with at least one such; all of them reached */
	size_t below_minimum;          /* points with fewer rounds than the minimum */
} schedule_state(const struct schedule *schedule);

#endif
