/* SPDX-License-Identifier: MIT */
/* Simulates sweeps whose rounds stop when the intervals are small enough. Counts how often the
 * intervals contain the true ratio, and how often equal designs are reported as different. The seed
 * is fixed to make the figures reproducible. `unit_coverage 20000` prints them for 20000 sweeps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>

#include "harness/stats/judge.h"
#include "harness/stats/ratio.h"

/* RUNS_BETWEEN: runs of other points between two rounds of a point. */
enum { MOST_DESIGNS = 21, MOST_ROUNDS = 80, RUNS_BETWEEN = 20 };

static const double PRECISION = 0.05;

/* Disturbances of the logarithms of rates. */
struct noise {
	const char *what;
	double own;     /* standard deviation of a single repetition */
	double tails;   /* degrees of freedom of Student's t for single repetitions; 0: normal */
	double round;   /* scale of Student's t with 2 degrees of freedom, shared by a round */
	double machine; /* standard deviation of a disturbance shared by all runs */
	double lasting; /* correlation of the machine's disturbance from one run to the next */
	double steeper; /* factor by which the disturbance affects designs more than the baseline */
	double drift;   /* total drift over the sweep */
	double slow;    /* share of processes that run slower throughout, by a third on average */
	double regimes; /* share of the contended processes that run at half the rate throughout */
};

static const struct noise noises[] = {
    {"quiet", .own = 0.03},
    {"heavy tails", .own = 0.05, .tails = 2},
    {"rounds differ", .own = 0.05, .round = 0.2},
    {"lasts 10 runs", .own = 0.04, .machine = 0.1, .lasting = 0.9},
    {"lasts 100 runs, designs feel more", .own = 0.05, .machine = 0.1, .lasting = 0.99,
	.steeper = 0.3},
    {"drift", .own = 0.05, .drift = 0.5},
    {"slow processes", .own = 0.05, .slow = 0.1},
    {"two regimes", .own = 0.05, .regimes = 0.25},
    {"all of it", .own = 0.05, .tails = 3, .round = 0.2, .machine = 0.1, .lasting = 0.95,
	.steeper = 0.2, .drift = 0.3, .slow = 0.05, .regimes = 0.15},
    {"noisy", .own = 0.3},
};

enum { NR_NOISES = sizeof(noises) / sizeof(noises[0]) };

/* -- one point of a sweep -- */

struct point {
	const struct noise *noise;
	gsl_rng *rng;
	size_t designs;
	bool equal; /* compare equal designs; otherwise the first is the contended baseline */
	double lasting;
	double values[MOST_DESIGNS][MOST_ROUNDS];
	unsigned int rounds[MOST_ROUNDS];
	size_t nr;
};

static double own_noise(struct point *p, bool contended)
{
	const struct noise *n = p->noise;
	double x =
	    n->own * (n->tails > 0 ? gsl_ran_tdist(p->rng, n->tails) : gsl_ran_gaussian(p->rng, 1));

	if (gsl_rng_uniform(p->rng) < n->slow)
		x -= gsl_ran_exponential(p->rng, 0.33);
	if (contended && gsl_rng_uniform(p->rng) < n->regimes)
		x -= log(2);
	return x;
}

static void pass_runs(struct point *p, int runs)
{
	const double kept = pow(p->noise->lasting, runs);

	p->lasting =
	    kept * p->lasting + sqrt(1 - kept * kept) * gsl_ran_gaussian(p->rng, p->noise->machine);
}

/* The design's true ratio to the baseline: 1, 1.5, 2, .. */
static double true_ratio(const struct point *p, size_t design)
{
	return p->equal ? 1 : 1 + 0.5 * (double)design;
}

static void measure_round(struct point *p)
{
	const struct noise *n = p->noise;
	const double round = n->round > 0 ? n->round * gsl_ran_tdist(p->rng, 2) : 0;
	size_t order[MOST_DESIGNS];

	for (size_t i = 0; i < p->designs; i++)
		order[i] = i;
	pass_runs(p, RUNS_BETWEEN);
	gsl_ran_shuffle(p->rng, order, p->designs, sizeof(*order));
	for (size_t i = 0; i < p->designs; i++) {
		const size_t design = order[i];
		const bool first = p->equal || !design;
		double x = round + n->drift * (double)p->nr / MOST_ROUNDS + own_noise(p, first);

		pass_runs(p, 1);
		x += p->lasting * (first ? 1 : 1 + n->steeper);
		p->values[design][p->nr] = true_ratio(p, design) * exp(x);
	}
	p->rounds[p->nr] = (unsigned int)p->nr;
	p->nr++;
}

static struct round_ratio ratio_between(const struct point *p, size_t a, size_t b)
{
	const struct round_values of_a = {p->rounds, p->values[a], p->nr};
	const struct round_values of_b = {p->rounds, p->values[b], p->nr};

	return ratio_of_rounds(&of_a, &of_b, p->designs * (p->designs - 1) / 2);
}

static bool all_reached(const struct point *p)
{
	bool reached = true;

	for (size_t i = 1; i < p->designs && reached; i++) {
		const struct round_ratio ratio = ratio_between(p, i, 0);

		reached = precision_reached(&ratio, PRECISION);
	}
	return reached;
}

/* Measures rounds until all ratios to the first design are precise or the budget is used up.
 * Returns true if they are precise. */
static bool measure_point(struct point *p, const struct noise *noise, gsl_rng *rng)
{
	p->noise = noise;
	p->rng = rng;
	p->lasting = gsl_ran_gaussian(rng, noise->machine);
	p->nr = 0;
	while (p->nr < MOST_ROUNDS) {
		const size_t look = stats_next_look(p->nr);

		while (p->nr < look && p->nr < MOST_ROUNDS)
			measure_round(p);
		if (all_reached(p))
			return true;
	}
	return false;
}

/* -- many sweeps -- */

struct tally {
	size_t points, reached, rounds;
	size_t intervals, held;
	size_t held_by_half; /* true ratios in half the interval; shows that the check can fail */
	size_t ruled_out;    /* intervals that exclude a relevant difference although it exists */
	size_t told_apart;   /* points at which two equal designs are reported as different */
};

/* Returns how far the noise moves the median logarithm of a ratio, because some of the baseline's
 * processes run at half the rate. */
static double regimes_move(const struct noise *noise, gsl_rng *rng)
{
	enum { DRAWS = 200001 };
	struct point p = {.noise = noise, .rng = rng};
	double *moved = malloc(DRAWS * sizeof(*moved));
	double median;

	if (!(noise->regimes > 0)) {
		free(moved);
		return 0;
	}
	assert_non_null(moved);
	for (size_t i = 0; i < DRAWS; i++)
		moved[i] = own_noise(&p, false) - own_noise(&p, true) +
		           noise->steeper * gsl_ran_gaussian(rng, noise->machine);
	median = stats_median(moved, DRAWS);
	free(moved);
	return median;
}

/* Returns whether the rule would say "no difference" if the true ratio differed from 1 by just more
 * than the precision. */
static bool is_ruled_out(struct round_ratio ratio, double truth)
{
	const double factor = (1 + PRECISION) * 1.0001 / truth;

	ratio.interval.low *= factor;
	ratio.interval.high *= factor;
	ratio.simultaneous = no_interval;
	return judge_ratio(&ratio, PRECISION).difference == DIFFERENCE_EQUAL;
}

static bool interval_holds(struct interval interval, double truth)
{
	return interval.low <= truth && truth <= interval.high;
}

static struct interval halved_interval(struct round_ratio ratio)
{
	return interval_between(
	    (ratio.interval.low + ratio.value) / 2, (ratio.interval.high + ratio.value) / 2);
}

static void count_held(struct tally *tally, const struct point *p, double moved)
{
	for (size_t i = 1; i < p->designs; i++) {
		const struct round_ratio ratio = ratio_between(p, i, 0);
		const double truth = true_ratio(p, i) * exp(moved);

		tally->intervals++;
		tally->held += interval_holds(ratio.interval, truth);
		tally->held_by_half += interval_holds(halved_interval(ratio), truth);
		tally->ruled_out += is_ruled_out(ratio, truth);
	}
}

static bool any_told_apart(const struct point *p)
{
	bool differs = false;

	for (size_t i = 0; i < p->designs && !differs; i++) {
		for (size_t j = i + 1; j < p->designs && !differs; j++) {
			const struct round_ratio ratio = ratio_between(p, i, j);
			const enum difference found = judge_ratio(&ratio, PRECISION).difference;

			differs = found == DIFFERENCE_MORE || found == DIFFERENCE_LESS;
		}
	}
	return differs;
}

/* Simulates `sweeps` sweeps. `shape` sets the number of designs and how they are measured. */
static struct tally simulate_sweeps(
    const struct noise *noise, size_t sweeps, const struct point *shape)
{
	struct point *p = malloc(sizeof(*p));
	struct tally tally = {.points = sweeps};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	double moved;

	assert_non_null(p);
	*p = *shape;
	gsl_rng_set(rng, (unsigned long)(noise - noises) + 1);
	moved = p->equal ? 0 : regimes_move(noise, rng);
	for (size_t i = 0; i < sweeps; i++) {
		tally.reached += measure_point(p, noise, rng);
		tally.rounds += p->nr;
		if (p->equal)
			tally.told_apart += any_told_apart(p);
		else
			count_held(&tally, p, moved);
	}
	gsl_rng_free(rng);
	free(p);
	return tally;
}

static double percent_of(size_t part, size_t all)
{
	return all ? 100 * (double)part / (double)all : 0;
}

static void print_tally(const char *what, size_t designs, const struct tally *t)
{
	printf("%-34s %2zu designs: ", what, designs);
	if (t->intervals)
		printf("held %5.2f%%, 5%% ruled out by mistake %4.2f%%",
		    percent_of(t->held, t->intervals), percent_of(t->ruled_out, t->intervals));
	else
		printf("told apart by mistake %4.2f%%", percent_of(t->told_apart, t->points));
	printf(", %4.1f rounds, reached %5.1f%%\n", (double)t->rounds / (double)t->points,
	    percent_of(t->reached, t->points));
}

static void add_tally(struct tally *sum, const struct tally *t)
{
	sum->points += t->points;
	sum->reached += t->reached;
	sum->rounds += t->rounds;
	sum->intervals += t->intervals;
	sum->held += t->held;
	sum->held_by_half += t->held_by_half;
	sum->ruled_out += t->ruled_out;
	sum->told_apart += t->told_apart;
}

/* Simulates `sweeps` sweeps with each kind of noise. */
static struct tally simulate_all(size_t sweeps, const struct point *shape)
{
	struct tally all = {0};

	for (size_t i = 0; i < NR_NOISES; i++) {
		const struct tally tally = simulate_sweeps(&noises[i], sweeps / NR_NOISES, shape);

		print_tally(noises[i].what, shape->designs, &tally);
		add_tally(&all, &tally);
	}
	print_tally("all", shape->designs, &all);
	return all;
}

/* -- tests -- */

#ifdef OWNBENCH_SANITIZED /* ten times as slow */
static size_t sweeps = 200;
#else
static size_t sweeps = 1000;
#endif

/* The points of a sweep, by their number of designs. */
static const struct {
	size_t designs, points;
} sizes[] = {{2, 4}, {5, 2}, {MOST_DESIGNS, 1}};

static void test_intervals_hold_the_truth(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const struct point shape = {.designs = sizes[i].designs};
		const struct tally all = simulate_all(sweeps * sizes[i].points, &shape);

		if (percent_of(all.held, all.intervals) < 94 ||
		    percent_of(all.held, all.intervals) > 97)
			fail_msg("%zu designs: %.2f%% of the intervals hold the truth",
			    sizes[i].designs, percent_of(all.held, all.intervals));
		assert_true(percent_of(all.held_by_half, all.intervals) < 80);
		assert_true(percent_of(all.ruled_out, all.intervals) <= 2.5);
	}
}

static void test_equal_designs_are_not_told_apart(void **state)
{
	const struct point shape = {.designs = MOST_DESIGNS, .equal = true};
	const struct tally all = simulate_all(sweeps * 3 / 10, &shape);

	(void)state;
	assert_true(percent_of(all.told_apart, all.points) <= 5);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_intervals_hold_the_truth),
	    cmocka_unit_test(test_equal_designs_are_not_told_apart),
	};

	if (argc > 1)
		sweeps = strtoul(argv[1], NULL, 10);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
