/* SPDX-License-Identifier: MIT */
/* Two sets of measured points, each point held against its like, and what can be said of it. */
#ifndef HARNESS_RESULTS_COMPARE_H
#define HARNESS_RESULTS_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/results/stats.h"
#include "harness/results/sweep.h"
#include "harness/stats/mannwhitney.h"

enum comparison_verdict {
	COMPARED_FAILED,  /* one of them failed its checks: no figure counts */
	COMPARED_TOO_FEW, /* repetitions, for any difference to show */
	COMPARED_EQUAL,   /* no difference that these repetitions show; or they are the same */
	COMPARED_NOISE,   /* one that this machine's own noise could make */
	COMPARED_MORE,    /* of the metric in B */
	COMPARED_LESS,
};

struct comparison {
	const struct sweep_point *a;
	const struct sweep_point *b;
	double of_a; /* medians */
	double of_b;
	double ratio; /* of_b / of_a, with its 95% interval; of 0 INFINITY, or NAN */
	struct interval interval;
	struct mannwhitney test;
	double p;       /* of the test, adjusted for the number of comparisons */
	double p_noise; /* the same of there being no difference beyond the noise floor */
	enum comparison_verdict verdict;
};

struct compare {
	const char *metric;
	struct comparison *all;
	size_t nr;
	size_t nr_unmatched;      /* points of A that B has not */
	size_t nr_without_metric; /* points of both, of which one does not tell it */
	double noise_floor;       /* a ratio this near to 1 is noise: 0.03 is 3%, up or down;
	                           * INFINITY: any is, for all that is known of the ceiling */
	bool without_ceiling;     /* .. and of what came over the machine nothing is known */
};

/* Says whether a point of A is to be compared at all; and whether with this one of B. */
typedef bool compare_pick(const struct sweep_point *a, void *arg);
typedef bool compare_match(const struct sweep_point *a, const struct sweep_point *b, void *arg);

/*
 * Each point of `a` that is picked (`pick` NULL: all) with the one of `b` that it matches; the
 * points stay the sweeps'. 0, or -1 with the error set: nothing to compare, or no such metric.
 *
 * The rule: Mann-Whitney U over the repetitions, its p adjusted after Benjamini and Hochberg for
 * all points; below 0.05 there is a difference. It is beyond the noise floor if the same test, with
 * A moved by the floor, still says so. The floor is 1%; of two sweeps also the far end of the
 * interval of what the ceiling is apart in them, and twice what a point of it moved where that is
 * no chance.
 */
int compare_sweeps(struct compare *compare, const struct sweep *a, const struct sweep *b,
    const char *metric, compare_pick *pick, compare_match *match, void *arg, struct error *err);
void compare_free(struct compare *compare);

/* Whether less of it is better: times, and events of an operation. */
bool metric_is_cost(const char *metric);

/* How much slower B is for sure, by the near end of the interval: 0.1 is 10%. 0: not slower. */
double comparison_slowdown(const struct compare *compare, const struct comparison *comparison);

#endif
