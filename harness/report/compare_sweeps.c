/* SPDX-License-Identifier: MIT */
#include "harness/report/compare_sweeps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/metric.h"

/* Two undisturbed sweeps of one build can differ by this fraction, although the repetitions within
 * each sweep agree. */
static const double LEAST_FLOOR = 0.01;

/* -- values -- */

/* Frees what point_run_read() allocated. */
static void free_values(struct point_run *run)
{
	free(run->values);
	free(run->rounds);
}

static struct point_run read_run(const struct sweep_run *run, const char *metric)
{
	struct point_run values = {.run = run};

	point_run_read(&values, metric);
	return values;
}

/* -- finding pairs of runs -- */

static struct point_quantity quantity_of(const struct point *point, const char *metric)
{
	if (!metric)
		return *point->quantity;
	return (struct point_quantity){
	    .metric = metric, .name = metric, .less = metric_is_cost(metric)};
}

static const struct sweep_run *find_partner(const struct point *point, const struct sweep_run *a,
    const struct report_sweep *b, const struct compare_request *request)
{
	const struct point_run *other;

	if (!request->implementation_a)
		return sweep_find(&b->sweep, &a->id);
	other = point_find(point, request->implementation_b);
	return other ? other->run : NULL;
}

static bool is_picked(const struct sweep_run *a, const struct compare_request *request)
{
	if (request->implementation_a &&
	    strcmp(a->id.implementation, request->implementation_a) != 0)
		return false;
	return !request->pick || request->pick(&a->id, request->arg);
}

static bool has_metric(const struct sweep_run *run, const char *metric)
{
	struct point_run values = read_run(run, metric);

	free_values(&values);
	return values.nr > 0;
}

static void add_pair(struct compared_sweeps *compared, const struct compared_pair *pair)
{
	if (!pair->b)
		compared->nr_unmatched++;
	else if (!pair->failure && !(has_metric(pair->a, pair->quantity.metric) &&
				       has_metric(pair->b, pair->quantity.metric)))
		compared->nr_without_metric++;
	else
		compared->pairs[compared->nr++] = *pair;
}

static void find_pairs(struct compared_sweeps *compared, const struct report_sweep *a,
    const struct report_sweep *b, const struct compare_request *request)
{
	for (size_t i = 0; i < a->points.nr; i++) {
		const struct point *point = &a->points.list[i];

		for (size_t j = 0; j < point->nr; j++) {
			struct compared_pair pair = {
			    .sweep = a, .point = point, .a = point->runs[j].run};

			if (!is_picked(pair.a, request))
				continue;
			pair.b = find_partner(point, pair.a, b, request);
			pair.quantity = quantity_of(point, request->metric);
			if (pair.b)
				pair.failure = pair.a->failure ? pair.a->failure : pair.b->failure;
			add_pair(compared, &pair);
		}
	}
}

/* -- the ratio between two sweeps -- */

/* Returns the ceiling's run at the same point. If there is none, the result has no values. */
static struct point_run read_ceiling(
    const struct report_sweep *sweep, const struct sweep_run *run, const char *metric)
{
	struct point_run values = {0};
	struct run_id id = run->id;
	const struct sweep_run *ceiling;

	id.implementation = (char[]){"ceiling"};
	ceiling = sweep_find(&sweep->sweep, &id);
	if (ceiling && !ceiling->failure)
		values = read_run(ceiling, metric);
	return values;
}

/* Divides each value by the ceiling's value in the same round. Values in rounds without the ceiling
 * are dropped. */
static void divide_by_ceiling(struct point_run *run, const struct point_run *ceiling)
{
	size_t nr = 0;

	for (size_t i = 0, j = 0; i < run->nr && j < ceiling->nr;) {
		if (run->rounds[i] < ceiling->rounds[j]) {
			i++;
		} else if (run->rounds[i] > ceiling->rounds[j]) {
			j++;
		} else {
			if (ceiling->values[j] > 0)
				run->values[nr++] = run->values[i] / ceiling->values[j];
			i++, j++;
		}
	}
	run->nr = nr;
}

/* Returns whether the measurements are identical, which means that the sweep is a copy. */
static bool same_measurements(const struct point_run *a, const struct point_run *b)
{
	if (a->nr != b->nr)
		return false;
	for (size_t i = 0; i < a->nr; i++) {
		if (a->rounds[i] != b->rounds[i] || a->values[i] != b->values[i])
			return false;
	}
	return true;
}

/* Returns how many times better B is than A: B/A, or A/B if less is better. */
static struct round_ratio times_as_good(const struct point_run *a, const struct point_run *b,
    bool less, size_t comparisons, double floor)
{
	if (less)
		return ratio_of_sweeps(b->values, b->nr, a->values, a->nr, comparisons, floor);
	return ratio_of_sweeps(a->values, a->nr, b->values, b->nr, comparisons, floor);
}

/* Returns by how much the ceilings of the two sweeps differ: 0.03 is 3%. Returns 0 if the
 * difference is not significant. */
static double ceiling_moved(
    const struct point_run *a, const struct point_run *b, size_t comparisons)
{
	const struct round_ratio ratio = times_as_good(a, b, false, comparisons, 0);

	if (!(ratio.simultaneous.low > 1 || ratio.simultaneous.high < 1))
		return 0;
	return expm1(fabs(log(ratio.value)));
}

/* Returns whether the metric depends on the machine's speed. Rates and times do; counts of events
 * do not. */
static bool follows_machine(const char *metric)
{
	return metric_is_time(metric) || strstr(metric, "per_second");
}

/* Divides the values of A and B by those of their sweeps' ceilings, if both sweeps have a ceiling
 * and the metric depends on the machine's speed. */
static void take_ceiling_off(struct compared_pair *pair, const struct report_sweep *other,
    struct point_run *a, struct point_run *b, size_t comparisons)
{
	const char *metric = pair->quantity.metric;
	struct point_run ceiling_a, ceiling_b;

	if (!strcmp(pair->a->id.implementation, "ceiling") || !follows_machine(metric))
		return;
	ceiling_a = read_ceiling(pair->sweep, pair->a, metric);
	ceiling_b = read_ceiling(other, pair->b, metric);
	pair->by_ceiling = ceiling_a.nr && ceiling_b.nr;
	pair->lacks_ceiling = !pair->by_ceiling;
	if (pair->by_ceiling) {
		pair->noise_floor =
		    fmax(LEAST_FLOOR, ceiling_moved(&ceiling_a, &ceiling_b, comparisons));
		divide_by_ceiling(a, &ceiling_a);
		divide_by_ceiling(b, &ceiling_b);
	}
	free_values(&ceiling_a);
	free_values(&ceiling_b);
}

static struct round_ratio ratio_between(struct compared_pair *pair,
    const struct report_sweep *other, struct point_run *a, struct point_run *b, size_t comparisons)
{
	if (same_measurements(a, b))
		return ratio_of_turns(a->values, b->values, a->nr);
	pair->noise_floor = LEAST_FLOOR;
	take_ceiling_off(pair, other, a, b, comparisons);
	return times_as_good(a, b, pair->quantity.less, comparisons, pair->noise_floor);
}

/* -- one pair -- */

static void compare_pair(const struct compared_sweeps *compared, struct compared_pair *pair,
    const struct report_sweep *other)
{
	struct point_run a = read_run(pair->a, pair->quantity.metric);
	struct point_run b = read_run(pair->b, pair->quantity.metric);
	const struct point point = {
	    .quantity = &pair->quantity, .comparisons = pair->point->comparisons};

	pair->of_a = a.median;
	pair->of_b = b.median;
	pair->rounds_a = a.nr;
	pair->rounds_b = b.nr;
	pair->comparison.ratio = compared->two_sweeps
	                             ? ratio_between(pair, other, &a, &b, compared->nr)
	                             : point_ratio(&point, &b, &a);
	pair->comparison.judgement = judge_ratio(&pair->comparison.ratio, COMPARISON_MATTERS);
	free_values(&a);
	free_values(&b);
}

/* -- all pairs -- */

static int nothing_to_compare(const struct compared_sweeps *compared,
    const struct compare_request *request, struct error *err)
{
	if (compared->nr_without_metric)
		return error_set(err, "no run has a metric \"%s\"", request->metric);
	if (!request->implementation_a)
		return error_set(err, "the two sweeps have no run in common");
	return error_set(err, "%s and %s were not measured at the same point",
	    request->implementation_a, request->implementation_b);
}

/* Returns the environment in which a sweep was measured, such as an emulated kernel. */
static const char *place_of(const struct report_sweep *sweep)
{
	const char *place = member_text(sweep->sweep.environment, "place");

	return *place ? place : "user space";
}

int compare_sweeps(struct compared_sweeps *compared, const struct report_sweep *a,
    const struct report_sweep *b, const struct compare_request *request, struct error *err)
{
	if (strcmp(place_of(a), place_of(b)))
		return error_set(err,
		    "%s (%s) cannot be compared with %s (%s): times in one "
		    "environment say nothing about the other",
		    a->dir, place_of(a), b->dir, place_of(b));
	*compared = (struct compared_sweeps){
	    .pairs = allocate(a->sweep.nr_runs + 1, sizeof(*compared->pairs)),
	    .two_sweeps = !request->implementation_a,
	};
	find_pairs(compared, a, b, request);
	if (!compared->nr) {
		compared_sweeps_free(compared);
		return nothing_to_compare(compared, request, err);
	}
	for (size_t i = 0; i < compared->nr; i++) {
		if (!compared->pairs[i].failure)
			compare_pair(compared, &compared->pairs[i], b);
	}
	return 0;
}

void compared_sweeps_free(struct compared_sweeps *compared)
{
	free(compared->pairs);
	compared->pairs = NULL;
}

double compared_slowdown(const struct compared_pair *pair)
{
	if (pair->failure || pair->comparison.judgement.difference != DIFFERENCE_LESS)
		return 0;
	return 1 - pair->comparison.ratio.interval.high;
}
