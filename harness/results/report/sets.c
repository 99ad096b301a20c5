/* SPDX-License-Identifier: MIT */
#include "harness/results/report/sets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/conditions.h"

/* A storm is over with its last bind; a race for a fresh device is about the first touch. */
static const struct set_time times[] = {
    {"time_to_last_bind_us", 1e3, "to the last bind"},
    {"first_touch_p50_ns", 1, "of a first touch, p50"},
};
static const double LEVEL = 0.95;
enum { SEED = 1 }; /* the same files give the same page */

double *point_samples(const struct sweep_point *point, const char *counter, size_t *nr)
{
	double *found = sweep_samples(point, counter, nr);

	if (!found)
		abort(); /* a few kilobytes */
	return found;
}

static int order_of(unsigned int a, unsigned int b)
{
	return (a > b) - (a < b);
}

static int by_place(const struct sweep_point *a, const struct sweep_point *b)
{
	int order = strcmp(a->workload, b->workload);

	if (!order)
		order = strcmp(point_parameters(a), point_parameters(b));
	if (!order)
		order = order_of(a->threads, b->threads);
	if (!order)
		order = order_of(a->devices, b->devices);
	if (!order)
		order = order_of(a->groups, b->groups);
	return order ? order : strcmp(a->rest, b->rest);
}

/* NULL: throughput is what the run is about. */
static const struct set_time *time_of(const struct sweep_point *point)
{
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		if (!isnan(sweep_counter(point, times[i].counter)))
			return &times[i];
	}
	return NULL;
}

static double rank_value(const struct sweep_point *point)
{
	const struct set_time *time = time_of(point);

	return time ? -sweep_counter(point, time->counter) : point->median;
}

/* By place; within it the best first, the failed last. */
static int by_rank(const void *left, const void *right)
{
	const struct sweep_point *a = *(const struct sweep_point *const *)left;
	const struct sweep_point *b = *(const struct sweep_point *const *)right;
	int order = by_place(a, b);
	double value_a, value_b;

	if (!order)
		order = (a->failure != NULL) - (b->failure != NULL);
	if (order)
		return order;
	value_a = rank_value(a);
	value_b = rank_value(b);
	order = (value_a < value_b) - (value_a > value_b);
	return order ? order : strcmp(a->impl, b->impl);
}

static void describe_set(struct set *set, const char *baseline)
{
	for (size_t i = 0; i < set->nr; i++) {
		const struct sweep_point *point = set->points[i];

		if (point->failure)
			continue;
		set->nr_passed++;
		set->time = set->time ? set->time : time_of(point);
		if (sweep_is_ceiling(point))
			set->ceiling = point;
		if (!strcmp(point->impl, baseline))
			set->baseline = point;
	}
}

void sets_free(struct sets *sets)
{
	for (size_t i = 0; i < sets->nr; i++)
		free(sets->list[i].figures);
	if (sets->nr)
		free(sets->list[0].points); /* one array for all */
	free(sets->list);
	*sets = (struct sets){0};
}

const struct sweep_point *set_point(const struct set *set, const char *impl)
{
	for (size_t i = 0; i < set->nr; i++) {
		if (!strcmp(set->points[i]->impl, impl))
			return set->points[i];
	}
	return NULL;
}

static const char *counter_of(const struct set *set)
{
	return set->time ? set->time->counter : "items_per_second";
}

struct measure point_measure(const struct sweep_point *point, const char *counter)
{
	size_t nr;
	double *samples = point_samples(point, counter, &nr);
	struct measure measure = {NAN, no_interval, nr};

	if (nr)
		measure = (struct measure){
		    stats_median(samples, nr), stats_median_interval(samples, nr, LEVEL, SEED), nr};
	free(samples);
	return measure;
}

static struct measure measure_of(const struct set *set, const struct sweep_point *point)
{
	double unit = set->time ? set->time->unit : 1;
	struct measure measure = point_measure(point, counter_of(set));

	measure.value *= unit;
	measure.interval.low *= unit;
	measure.interval.high *= unit;
	return measure;
}

struct measure set_speedup(
    const struct set *set, const struct sweep_point *point, const struct sweep_point *base)
{
	/* Of times the larger is the slower. */
	const struct sweep_point *over = set->time ? base : point;
	const struct sweep_point *under = set->time ? point : base;
	struct measure speedup = {NAN, no_interval, 0};
	double *a, *b;
	size_t nr_a, nr_b;

	if (!base || point->failure)
		return speedup;
	a = point_samples(over, counter_of(set), &nr_a);
	b = point_samples(under, counter_of(set), &nr_b);
	speedup.nr = nr_a < nr_b ? nr_a : nr_b;
	speedup.value = stats_median(a, nr_a) / stats_median(b, nr_b);
	if (!(speedup.value > 0) || isinf(speedup.value)) /* below what the clock tells */
		speedup.value = NAN;
	else if (point == base)
		speedup.interval = interval_between(1, 1);
	else
		speedup.interval = stats_ratio_interval(a, nr_a, b, nr_b, LEVEL, SEED);
	free(a);
	free(b);
	return speedup;
}

static void calculate(struct set *set)
{
	set->figures = calloc(set->nr + 1, sizeof(*set->figures));
	if (!set->figures)
		abort();
	for (size_t i = 0; i < set->nr; i++)
		set->figures[i] = (struct figures){
		    .result = measure_of(set, set->points[i]),
		    .of_baseline = set_speedup(set, set->points[i], set->baseline),
		    .of_ceiling = set_speedup(set, set->points[i], set->ceiling),
		};
}

struct sets sets_of(const struct sweep *sweep, const char *baseline, const json_t *catalogue)
{
	const struct sweep_point **sorted = calloc(sweep->nr_points + 1, sizeof(*sorted));
	struct sets sets = {calloc(sweep->nr_points + 1, sizeof(*sets.list)), 0};

	if (!sorted || !sets.list)
		abort(); /* the sweep itself took a thousand times as much */
	for (size_t i = 0; i < sweep->nr_points; i++)
		sorted[i] = &sweep->points[i];
	qsort(sorted, sweep->nr_points, sizeof(*sorted), by_rank);
	for (size_t i = 0; i < sweep->nr_points; i += sets.list[sets.nr++].nr) {
		struct set *set = &sets.list[sets.nr];

		set->points = &sorted[i];
		while (i + set->nr < sweep->nr_points && !by_place(sorted[i], sorted[i + set->nr]))
			set->nr++;
		describe_set(set, baseline);
		set->path = conditions_path(set->points[0], catalogue);
		calculate(set);
	}
	if (!sets.nr)
		free(sorted);
	return sets;
}

const struct figures *set_figures(const struct set *set, const struct sweep_point *point)
{
	size_t i = 0;

	while (set->points[i] != point)
		i++;
	return &set->figures[i];
}

struct text set_place(const struct set *set)
{
	const struct sweep_point *p = set->points[0];
	struct text text;

	if (p->topology)
		snprintf(text.s, sizeof(text.s), "%u thread%s, %u group%s of %s", p->threads,
		    p->threads == 1 ? "" : "s", p->groups, p->groups == 1 ? "" : "s", p->topology);
	else
		snprintf(text.s, sizeof(text.s), "%u thread%s, %u group%s of %u device%s",
		    p->threads, p->threads == 1 ? "" : "s", p->groups, p->groups == 1 ? "" : "s",
		    p->devices, p->devices == 1 ? "" : "s");
	return text;
}

struct text set_parameters(const struct set *set)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%s", conditions_of(set->points[0], set->path).s);
	return text;
}

struct text set_conditions(const struct set *set)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.80s, %.76s", set_place(set).s, set_parameters(set).s);
	return text;
}

static const char *items(const struct set *set)
{
	return set->points[0]->unit ? set->points[0]->unit : "items";
}

struct text set_figure(const struct set *set, double value)
{
	struct text text;

	if (!isfinite(value))
		return number_plain(value);
	if (set->time)
		return number_time(value);
	snprintf(text.s, sizeof(text.s), "%.20s %.30s/s", number_si(value).s, items(set));
	return text;
}

struct text set_interval(const struct set *set, struct interval interval)
{
	struct text text = {""};

	if (isnan(interval.low))
		return text;
	if (set->time)
		snprintf(text.s, sizeof(text.s), "%.60s to %.60s", number_time(interval.low).s,
		    number_time(interval.high).s);
	else
		snprintf(text.s, sizeof(text.s), "%.60s to %.60s/s", number_si(interval.low).s,
		    number_si(interval.high).s);
	return text;
}

struct text interval_heading(size_t repetitions)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%s%s", stats_interval_name(repetitions).s,
	    repetitions >= STATS_ENOUGH ? " interval" : "");
	return text;
}

/* Behind its name; "" where there is none. */
static struct text named(const struct measure *measure, struct text interval)
{
	struct text text = {""};

	if (measure->nr > 1 && !isnan(measure->interval.low))
		snprintf(text.s, sizeof(text.s), "%.30s%s %.100s", interval_heading(measure->nr).s,
		    measure->nr < STATS_ENOUGH ? ":" : "", interval.s);
	return text;
}

struct text measure_ratio_interval(const struct measure *ratio)
{
	return named(ratio, number_ratio_interval(ratio->interval));
}

struct text set_named_interval(const struct set *set, const struct measure *result)
{
	return named(result, set_interval(set, result->interval));
}

struct text set_interval_cell(
    const struct set *set, const struct measure *result, size_t repetitions)
{
	if (strcmp(interval_heading(result->nr).s, interval_heading(repetitions).s) != 0)
		return set_named_interval(set, result);
	return set_interval(set, result->interval);
}

size_t set_repetitions(const struct set *set)
{
	size_t most = 0;

	for (size_t i = 0; i < set->nr_passed; i++)
		most = set->points[i]->nr_runs > most ? set->points[i]->nr_runs : most;
	return most;
}

struct text set_unit(const struct set *set)
{
	struct text text;

	if (set->time) {
		snprintf(text.s, sizeof(text.s), "time %s: less is better", set->time->text);
		return text;
	}
	snprintf(text.s, sizeof(text.s), "%.40s per second", items(set));
	return text;
}
