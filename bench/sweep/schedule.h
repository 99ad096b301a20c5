/* SPDX-License-Identifier: MIT */
/*
 * Decides what is measured next. A round of a point measures its designs once each, in random
 * order, so that disturbances of the machine cancel in that round's ratios.
 *
 * A pass measures one round of each point, so that drift is spread over the points. After the
 * minimum number of rounds, a round measures only the reference, the ceiling, and designs whose
 * ratio to the reference is not precise enough. Rounds continue until all ratios are precise or the
 * budget is used up. No design is given up early, because a few rounds do not show how many more it
 * needs.
 *
 * A round measures the reference only once. Several measurements in one round would not be
 * independent samples: see harness/README.md, "What limits it".
 *
 * The reference is the point's baseline, or else its ceiling. If there is neither, the goal is the
 * precision of each design's own median.
 *
 * Decisions depend only on the repetitions passed to schedule_add() and on the time. Nothing is
 * measured here.
 */
#ifndef BENCH_SWEEP_SCHEDULE_H
#define BENCH_SWEEP_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/sweep/plan_points.h"

struct schedule_goal {
	double precision; /* how far each ratio's interval may extend to either side, e.g. 0.05 */
	double budget;    /* seconds that all rounds may take */
	unsigned int repetitions; /* number of rounds, regardless of time; 0: as many as the
	                             precision needs */
	uint64_t seed;            /* seed of the order of points and of designs */
};

/* Repetitions of one design at one point. */
struct schedule_design {
	unsigned int *rounds; /* rounds of the repetitions that did not fail, ascending */
	double *values;
	size_t nr;
	bool measured;     /* whether any round has measured the design */
	unsigned int last; /* the last round that measured the design */
	bool failed;       /* failed designs are not measured again */
	bool reached;
	size_t next_look; /* number of repetitions at which precision is checked next */
};

struct schedule_point {
	struct schedule_design *designs;
	size_t nr_designs;
	size_t baseline, ceiling; /* indices, or NO_DESIGN */
	unsigned int rounds;      /* rounds that have begun */
};

/* Some or all designs of a point, in the order in which they are to be measured. */
struct schedule_round {
	size_t point;
	unsigned int round;
	const size_t *designs; /* borrowed, valid until the next call */
	size_t nr_designs;
	unsigned int first; /* position of the first design in the round; 0 unless the round was
	                       interrupted */
};

struct schedule {
	struct schedule_goal goal;
	struct schedule_point *points;
	size_t nr_points;
	size_t *pass; /* points of the current pass */
	size_t nr_pass, at_pass;
	size_t repetitions;
	size_t *round;           /* designs of the current round */
	size_t unfinished;       /* point whose last round was interrupted, or NO_DESIGN */
	unsigned int round_size; /* number of designs of that round */
};

struct schedule schedule_create(const struct plan_points *points, const struct schedule_goal *goal);
void schedule_free(struct schedule *schedule);

/* Returns the number of rounds that every point gets before precision is checked. */
unsigned int schedule_minimum_rounds(void);

/* Chooses the next round, `elapsed` seconds after the sweep began. Returns false if the goal is
 * reached or the budget used up. Every point gets one round even if the budget is too small. */
bool schedule_next(struct schedule *schedule, double elapsed, struct schedule_round *round);

/* Records a repetition. Its round was chosen by schedule_next() or begun by an interrupted
 * sweep. `value` is NAN if the repetition failed. */
void schedule_add(
    struct schedule *schedule, size_t point, size_t design, unsigned int round, double value);

/* Ends a round and, if it is time to, checks the precision of its designs. */
void schedule_end_round(struct schedule *schedule, size_t point);

/* Marks the point's last round, of `size` designs, as interrupted. schedule_next() then completes
 * it first. */
void schedule_set_unfinished(struct schedule *schedule, size_t point, unsigned int size);

/* Progress towards the goal. `goals` is the number of ratios (or medians) that have to be precise,
 * `reached` the number of those that are. */
struct schedule_state {
	size_t goals, reached;
	size_t points, points_reached; /* points with such ratios, and points at which all of them
	                                  are precise */
	size_t below_minimum; /* points with an imprecise ratio and fewer rounds than the minimum */
} schedule_state(const struct schedule *schedule);

#endif
