/* SPDX-License-Identifier: MIT */
#include "harness/report/point.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/report/metric.h"

/* The quantities in order of preference: the first one that a point has is compared. For a storm
 * this is the time to its last bind, and for a race to a fresh device the time of its first
 * touch. */
static const struct point_quantity quantities[] = {
    {"time_to_last_bind_us", "time", "to the last bind", true},
    {"first_touch_p50_ns", "time", "of a first touch, p50", true},
    {"items_per_second", "throughput", NULL, false},
};

/* -- grouping -- */

static const char *text_of(const char *text)
{
	return text ? text : "";
}

/* Returns a key by which runs are sorted by point. Numbers in it have leading zeros, so that they
 * sort correctly. The caller frees it. */
static char *sort_key(const struct run_id *id)
{
	char *parameters = json_dumps(id->parameters, JSON_SORT_KEYS);
	char *key = format_text("%s\1%s\1%s\1%010u\1%s\1%010u\1%010u\1%s\1%s", id->workload,
	    text_of(id->path), parameters, id->threads, text_of(id->topology), id->devices,
	    id->groups, text_of(id->machine), id->implementation);

	free(parameters);
	return key;
}

static int by_place(const void *left, const void *right)
{
	char *a = sort_key(&(*(const struct sweep_run *const *)left)->id);
	char *b = sort_key(&(*(const struct sweep_run *const *)right)->id);
	const int order = strcmp(a, b);

	free(a);
	free(b);
	return order;
}

static bool has_metric(const struct sweep_run *run, const char *metric)
{
	size_t nr;
	double *values = sweep_run_values(run, metric, NULL, &nr);

	free(values);
	return nr > 0;
}

static const struct point_quantity *quantity_of(const struct point *point)
{
	const struct point_quantity *quantity = quantities;

	for (; quantity->less; quantity++) {
		for (size_t i = 0; i < point->nr; i++) {
			if (!point->runs[i].run->failure &&
			    has_metric(point->runs[i].run, quantity->metric))
				return quantity;
		}
	}
	return quantity;
}

void point_run_read(struct point_run *run, const char *metric)
{
	run->values = sweep_run_values(run->run, metric, &run->rounds, &run->nr);
	for (size_t i = 0; i < run->nr; i++)
		run->values[i] *= metric_scale(metric);
	run->median = run->run->failure || !run->nr ? NAN : stats_median(run->values, run->nr);
}

/* Sorts runs with the best value first, and runs without a value last. Equal runs are sorted by
 * name. */
static int by_value(const void *left, const void *right, void *arg)
{
	const struct point_run *a = left, *b = right;
	const int sign = ((const struct point_quantity *)arg)->less ? 1 : -1;
	int order = isnan(a->median) - isnan(b->median);

	if (!order)
		order = sign * ((a->median > b->median) - (a->median < b->median));
	return order ? order : strcmp(a->run->id.implementation, b->run->id.implementation);
}

/* -- points -- */

static void write_parameters(FILE *out, const json_t *parameters)
{
	const char *key;
	const json_t *value;

	/* The cast is needed because json_object_foreach() takes no const pointer. */
	json_object_foreach ((json_t *)parameters, key, value) {
		if (json_is_string(value))
			fprintf(out, "-%s-%s", key, json_string_value(value));
		else
			fprintf(out, "-%s%.10g", key, json_number_value(value));
	}
}

static char *make_id(const struct run_id *where)
{
	char *text = NULL;
	size_t size;
	FILE *out = text_stream(&text, &size);

	fprintf(out, "%s-threads%u-devices%u-groups%u", where->workload, where->threads,
	    where->devices, where->groups);
	if (where->topology)
		fprintf(out, "-%s", where->topology);
	if (where->path)
		fprintf(out, "-%s", where->path);
	write_parameters(out, where->parameters);
	fclose(out);
	return text;
}

const struct point_run *point_find(const struct point *point, const char *implementation)
{
	for (size_t i = 0; i < point->nr; i++) {
		if (!strcmp(point->runs[i].run->id.implementation, implementation))
			return &point->runs[i];
	}
	return NULL;
}

/* Returns the run of the implementation, or NULL if it failed or was not run. */
static const struct point_run *find_passed(const struct point *point, const char *implementation)
{
	const struct point_run *run = point_find(point, implementation);

	return run && !isnan(run->median) ? run : NULL;
}

static void make_point(
    struct point *point, const struct sweep_run *const *runs, size_t nr, const char *baseline)
{
	*point = (struct point){.id = make_id(&runs[0]->id),
	    .where = &runs[0]->id,
	    .runs = allocate(nr, sizeof(*point->runs)),
	    .nr = nr};
	for (size_t i = 0; i < nr; i++)
		point->runs[i].run = runs[i];
	point->quantity = quantity_of(point);
	for (size_t i = 0; i < nr; i++) {
		point_run_read(&point->runs[i], point->quantity->metric);
		point->nr_passed += !isnan(point->runs[i].median);
	}
	qsort_r(point->runs, nr, sizeof(*point->runs), by_value, (void *)point->quantity);
	point->ceiling = find_passed(point, "ceiling");
	point->baseline = find_passed(point, baseline);
}

struct points points_of(const struct sweep *sweep, const char *baseline)
{
	const struct sweep_run **sorted = allocate(sweep->nr_runs, sizeof(*sorted));
	struct points points = {allocate(sweep->nr_runs, sizeof(*points.list)), 0};
	size_t nr;

	for (size_t i = 0; i < sweep->nr_runs; i++)
		sorted[i] = &sweep->runs[i];
	qsort(sorted, sweep->nr_runs, sizeof(*sorted), by_place);
	for (size_t i = 0; i < sweep->nr_runs; i += nr) {
		for (nr = 1; i + nr < sweep->nr_runs; nr++) {
			if (!run_id_same_point(&sorted[i]->id, &sorted[i + nr]->id))
				break;
		}
		make_point(&points.list[points.nr++], &sorted[i], nr, baseline);
	}
	free(sorted);
	return points;
}

void points_free(struct points *points)
{
	for (size_t i = 0; i < points->nr; i++) {
		struct point *point = &points->list[i];

		for (size_t j = 0; j < point->nr; j++) {
			free(point->runs[j].values);
			free(point->runs[j].rounds);
		}
		free(point->runs);
		free(point->id);
	}
	free(points->list);
	*points = (struct points){0};
}

json_t *point_ids_json(const struct point *const *points, size_t nr)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(ids, json_string(points[i]->id));
	return ids;
}

bool point_same_conditions(const struct point *a, const struct point *b)
{
	return !strcmp(a->where->workload, b->where->workload) &&
	       !strcmp(text_of(a->where->path), text_of(b->where->path)) &&
	       json_equal(a->where->parameters, b->where->parameters);
}

struct round_ratio point_ratio(
    const struct point *point, const struct point_run *a, const struct point_run *b)
{
	const struct round_values of_a = {.rounds = a->rounds, .values = a->values, .nr = a->nr};
	const struct round_values of_b = {.rounds = b->rounds, .values = b->values, .nr = b->nr};

	/* Less time is better, so a ratio of times is inverted. */
	return point->quantity->less ? ratio_of_rounds(&of_b, &of_a, point->comparisons)
	                             : ratio_of_rounds(&of_a, &of_b, point->comparisons);
}

number_format *point_format(const struct point *point)
{
	return metric_format(point->quantity->metric);
}
