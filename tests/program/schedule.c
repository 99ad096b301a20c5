/* SPDX-License-Identifier: MIT */
/* Decides which rounds are measured, for made-up repetitions that take a second each. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/sweep/schedule.h"

enum { CEILING, BASELINE, DESIGN, OTHER, DESIGNS };

/* Returns the value of a repetition, or NAN if the repetition fails. */
typedef double value_of(size_t point, size_t design, unsigned int round);

struct made_up {
	struct plan_points plan;
	struct schedule schedule;
	value_of *value;
	double elapsed;
	unsigned int counts[8][DESIGNS]; /* number of repetitions by point and design */
};

static struct made_up make_up(
    size_t nr_points, size_t nr_designs, struct schedule_goal goal, value_of *value)
{
	struct made_up m = {.plan.nr_points = nr_points, .value = value};

	m.plan.points = calloc(nr_points, sizeof(*m.plan.points));
	assert_non_null(m.plan.points);
	for (size_t i = 0; i < nr_points; i++)
		m.plan.points[i] = (struct plan_point){.nr_runs = nr_designs,
		    .ceiling = CEILING,
		    .baseline = nr_designs > BASELINE ? (size_t)BASELINE : (size_t)NO_DESIGN};
	m.schedule = schedule_create(&m.plan, &goal);
	return m;
}

static void free_schedule(struct made_up *m)
{
	schedule_free(&m->schedule);
	free(m->plan.points);
}

/* Measures the first `nr` designs of a round. Fails the test if a design occurs twice. */
static void measure_round(struct made_up *m, const struct schedule_round *round, size_t nr)
{
	bool seen[DESIGNS] = {false};

	for (size_t i = 0; i < nr; i++) {
		const size_t d = round->designs[i];

		assert_false(seen[d]);
		seen[d] = true;
		m->elapsed += 1;
		m->counts[round->point][d]++;
		schedule_add(&m->schedule, round->point, d, round->round,
		    m->value(round->point, d, round->round));
	}
}

static bool next_round(struct made_up *m, struct schedule_round *round)
{
	if (!schedule_next(&m->schedule, m->elapsed, round))
		return false;
	measure_round(m, round, round->nr_designs);
	schedule_end_round(&m->schedule, round->point);
	return true;
}

static void measure_all(struct made_up *m)
{
	struct schedule_round round;

	while (next_round(m, &round))
		;
}

static const struct schedule_goal precise = {.precision = 0.05, .budget = 1e6, .seed = 1};

static double steady_rate(size_t point, size_t design, unsigned int round)
{
	(void)point;
	return (double)(design + 1) * (round % 2 ? 1.3 : 1); /* this noise cancels in ratios */
}

static void steady_ratios_take_the_minimum(void **state)
{
	struct made_up m = make_up(3, DESIGNS, precise, steady_rate);
	const unsigned int minimum = schedule_minimum_rounds();

	(void)state;
	/* Rounds are measured pass by pass: no point is a round ahead of another that is still
	 * measured. */
	for (unsigned int i = 0; i < 3 * minimum; i++) {
		struct schedule_round round;

		assert_true(next_round(&m, &round));
		assert_int_equal(round.round, i / 3);
		assert_int_equal(round.nr_designs, DESIGNS);
	}
	measure_all(&m);
	for (size_t p = 0; p < 3; p++) {
		for (size_t d = 0; d < DESIGNS; d++)
			assert_int_equal(m.counts[p][d], minimum);
	}
	assert_int_equal(schedule_state(&m.schedule).goals, 3 * (DESIGNS - 1));
	assert_int_equal(schedule_state(&m.schedule).reached, 3 * (DESIGNS - 1));
	assert_int_equal(schedule_state(&m.schedule).points_reached, 3);
	free_schedule(&m);
}

/* In the first 40 rounds every other value is too high, so precision is reached late. */
static double one_is_noisy(size_t point, size_t design, unsigned int round)
{
	const bool noisy = point == 1 && design == DESIGN && round < 40;

	return steady_rate(point, design, round) * (noisy && round % 4 < 2 ? 1.5 : 1);
}

static void further_rounds_measure_imprecise_designs(void **state)
{
	struct made_up m = make_up(3, DESIGNS, precise, one_is_noisy);
	const unsigned int minimum = schedule_minimum_rounds();

	(void)state;
	measure_all(&m);
	assert_int_equal(m.counts[0][DESIGN], minimum);
	assert_int_equal(m.counts[1][OTHER], minimum);
	assert_true(m.counts[1][DESIGN] > 40);
	assert_int_equal(m.counts[1][BASELINE], m.counts[1][DESIGN]);
	assert_int_equal(m.counts[1][CEILING], m.counts[1][DESIGN]);
	assert_int_equal(schedule_state(&m.schedule).points_reached, 3);
	free_schedule(&m);
}

static void the_budget_ends_the_sweep(void **state)
{
	struct schedule_goal goal = precise;
	struct made_up m;

	(void)state;
	goal.budget = 3 * DESIGNS + 1;
	m = make_up(3, DESIGNS, goal, steady_rate);
	measure_all(&m);
	assert_true(m.elapsed < goal.budget + DESIGNS);
	assert_int_equal(schedule_state(&m.schedule).below_minimum, 3);
	free_schedule(&m);
	/* However small the budget is, every point gets one round. */
	goal.budget = 1e-9;
	m = make_up(3, DESIGNS, goal, steady_rate);
	measure_all(&m);
	for (size_t p = 0; p < 3; p++)
		assert_int_equal(m.counts[p][OTHER], 1);
	free_schedule(&m);
}

/* One design never becomes precise, and the other needs some dozens of rounds. */
static double one_is_hopeless(size_t point, size_t design, unsigned int round)
{
	double value = one_is_noisy(point, design, round);

	if (point == 0 && design == DESIGN)
		value *= exp(round % 7);
	return value;
}

static void imprecise_designs_share_the_time(void **state)
{
	struct schedule_goal goal = precise;
	struct made_up m;

	(void)state;
	goal.budget = 600;
	m = make_up(3, DESIGNS, goal, one_is_hopeless);
	measure_all(&m);
	assert_int_equal(schedule_state(&m.schedule).points_reached, 2);
	assert_true(m.counts[1][DESIGN] > 40);
	/* The imprecise point gets as many rounds as the others, and then the remaining time. */
	assert_true(m.counts[0][DESIGN] >= m.counts[1][DESIGN]);
	assert_true(m.elapsed >= goal.budget);
	free_schedule(&m);
}

static double all_are_hopeless(size_t point, size_t design, unsigned int round)
{
	return one_is_hopeless(0, design, round + (unsigned int)point);
}

static void no_point_is_ahead_of_another(void **state)
{
	struct schedule_goal goal = precise;
	struct made_up m;

	(void)state;
	goal.budget = 300;
	m = make_up(3, DESIGNS, goal, all_are_hopeless);
	measure_all(&m);
	for (size_t p = 0; p < 3; p++) {
		assert_true(m.counts[p][DESIGN] > 2 * schedule_minimum_rounds());
		assert_true(m.counts[p][DESIGN] + 1 >= m.counts[0][DESIGN] &&
			    m.counts[p][DESIGN] <= m.counts[0][DESIGN] + 1);
	}
	free_schedule(&m);
}

static double fails_in_round_3(size_t point, size_t design, unsigned int round)
{
	return point == 0 && design == DESIGN && round == 3 ? NAN
	                                                    : steady_rate(point, design, round);
}

static void a_failure_affects_no_other_design(void **state)
{
	struct made_up m = make_up(2, DESIGNS, precise, fails_in_round_3);

	(void)state;
	measure_all(&m);
	assert_int_equal(m.counts[0][DESIGN], 4);
	assert_int_equal(m.counts[1][DESIGN], schedule_minimum_rounds());
	assert_int_equal(m.counts[0][OTHER], schedule_minimum_rounds());
	assert_int_equal(schedule_state(&m.schedule).points_reached, 2);
	free_schedule(&m);
}

static double all_fail(size_t point, size_t design, unsigned int round)
{
	(void)point;
	(void)design;
	(void)round;
	return NAN;
}

static void when_all_fail_nothing_is_left(void **state)
{
	struct made_up m = make_up(2, DESIGNS, precise, all_fail);

	(void)state;
	measure_all(&m);
	assert_true(m.elapsed == 2 * DESIGNS);
	assert_int_equal(schedule_state(&m.schedule).goals, 0);
	free_schedule(&m);
}

/* The design's ratio to the baseline is precise, but its ratio to the ceiling is not. */
static double the_baseline_fails_late(size_t point, size_t design, unsigned int round)
{
	(void)point;
	if (design == BASELINE && round >= schedule_minimum_rounds())
		return NAN;
	return one_is_noisy(1, design == CEILING ? (size_t)DESIGN : (size_t)CEILING, round);
}

static void without_a_baseline_the_ceiling_is_the_reference(void **state)
{
	struct made_up m = make_up(1, DESIGNS, precise, the_baseline_fails_late);

	(void)state;
	measure_all(&m);
	assert_int_equal(m.counts[0][BASELINE], schedule_minimum_rounds() + 1);
	assert_true(m.counts[0][OTHER] > 40);
	free_schedule(&m);
}

static void a_single_design_has_a_precise_median(void **state)
{
	struct schedule_goal goal = precise;
	struct made_up m;

	(void)state;
	goal.budget = 100;
	m = make_up(1, 1, goal, one_is_noisy);
	measure_all(&m); /* the median of alternating 1 and 1.3 is not known to 5% */
	assert_int_equal(m.counts[0][CEILING], 100);
	free_schedule(&m);
}

static void a_fixed_number_is_kept(void **state)
{
	const struct schedule_goal goal = {.repetitions = 3, .seed = 7};
	struct made_up m = make_up(3, DESIGNS, goal, one_is_hopeless);

	(void)state;
	measure_all(&m);
	for (size_t p = 0; p < 3; p++) {
		for (size_t d = 0; d < DESIGNS; d++)
			assert_int_equal(m.counts[p][d], 3);
	}
	free_schedule(&m);
}

/* Returns the order of all repetitions, as digits. */
static char *order_of(uint64_t seed)
{
	const struct schedule_goal goal = {.repetitions = 4, .seed = seed};
	struct made_up m = make_up(3, DESIGNS, goal, steady_rate);
	char *order = calloc(1, 3 * 4 * DESIGNS * 2 + 1);
	struct schedule_round round;
	size_t nr = 0;

	assert_non_null(order);
	while (next_round(&m, &round)) {
		for (size_t i = 0; i < round.nr_designs; i++) {
			order[nr++] = (char)('0' + round.point);
			order[nr++] = (char)('a' + round.designs[i]);
		}
	}
	free_schedule(&m);
	return order;
}

static void the_seed_gives_the_order(void **state)
{
	char *a = order_of(1), *b = order_of(1), *c = order_of(2);

	(void)state;
	assert_int_equal(strlen(a), 3 * 4 * DESIGNS * 2);
	assert_string_equal(a, b);
	assert_string_not_equal(a, c);
	free(a);
	free(b);
	free(c);
}

static void an_interrupted_round_is_completed_first(void **state)
{
	const struct schedule_goal goal = {.repetitions = 5, .seed = 3};
	struct made_up m = make_up(2, DESIGNS, goal, steady_rate);
	struct schedule_round round;
	size_t point, designs;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_true(next_round(&m, &round));
	assert_true(schedule_next(&m.schedule, m.elapsed, &round));
	measure_round(&m, &round, 2);
	/* Simulates a killed process: a new schedule is given the repetitions measured before. */
	point = round.point;
	designs = round.nr_designs;
	schedule_set_unfinished(&m.schedule, point, (unsigned int)designs);
	assert_true(schedule_next(&m.schedule, m.elapsed, &round));
	assert_int_equal(round.point, point);
	assert_int_equal(round.first, 2);
	assert_int_equal(round.nr_designs, designs - 2);
	measure_round(&m, &round, round.nr_designs);
	schedule_end_round(&m.schedule, round.point);
	measure_all(&m);
	for (size_t p = 0; p < 2; p++) {
		for (size_t d = 0; d < DESIGNS; d++) {
			assert_int_equal(m.counts[p][d], 5);
			assert_int_equal(m.schedule.points[p].designs[d].rounds[4], 4);
		}
	}
	free_schedule(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(steady_ratios_take_the_minimum),
	    cmocka_unit_test(further_rounds_measure_imprecise_designs),
	    cmocka_unit_test(the_budget_ends_the_sweep),
	    cmocka_unit_test(imprecise_designs_share_the_time),
	    cmocka_unit_test(no_point_is_ahead_of_another),
	    cmocka_unit_test(a_failure_affects_no_other_design),
	    cmocka_unit_test(when_all_fail_nothing_is_left),
	    cmocka_unit_test(without_a_baseline_the_ceiling_is_the_reference),
	    cmocka_unit_test(a_single_design_has_a_precise_median),
	    cmocka_unit_test(a_fixed_number_is_kept),
	    cmocka_unit_test(the_seed_gives_the_order),
	    cmocka_unit_test(an_interrupted_round_is_completed_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
