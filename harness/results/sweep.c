/* SPDX-License-Identifier: MIT */
#include "harness/results/sweep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "harness/files/json_file.h"
#include "harness/results/stats.h"

static void free_point(struct sweep_point *point)
{
	free(point->name);
	free(point->workload);
	free(point->impl);
	free(point->rest);
	free(point->topology);
	free(point->machine);
	free(point->unit);
	free(point->failure);
	json_decref(point->repetitions);
}

void sweep_free(struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->nr_points; i++)
		free_point(&sweep->points[i]);
	free(sweep->points);
	*sweep = (struct sweep){0};
}

/* What stands behind "/key:" up to the next slash; to be freed, NULL where there is none. */
static char *parameter(const char *name, const char *key)
{
	char pattern[64];
	const char *found;

	snprintf(pattern, sizeof(pattern), "/%s:", key);
	found = strstr(name, pattern);
	if (!found)
		return NULL;
	found += strlen(pattern);
	return strndup(found, strcspn(found, "/"));
}

static unsigned int number(const char *name, const char *key)
{
	char *text = parameter(name, key);
	unsigned int value = text ? (unsigned int)strtoul(text, NULL, 10) : 0;

	free(text);
	return value;
}

static int parse_name(struct sweep_point *point, const char *name)
{
	const char *impl = strchr(name, '/');
	const char *rest = impl ? strchr(impl + 1, '/') : NULL;

	if (!rest)
		return -1;
	point->name = strdup(name);
	point->workload = strndup(name, (size_t)(impl - name));
	point->impl = strndup(impl + 1, (size_t)(rest - impl) - 1);
	point->rest = strdup(rest);
	point->topology = parameter(rest, "topology");
	point->machine = parameter(rest, "machine");
	point->threads = number(rest, "threads");
	point->devices = number(rest, "devices");
	point->groups = number(rest, "groups");
	return point->threads ? 0 : -1;
}

static struct sweep_point *point_of(struct sweep *sweep, const char *name)
{
	struct sweep_point *grown, *point;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (!strcmp(sweep->points[i].name, name))
			return &sweep->points[i];
	}
	grown = realloc(sweep->points, (sweep->nr_points + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	sweep->points = grown;
	point = &grown[sweep->nr_points];
	*point = (struct sweep_point){.repetitions = json_array(), .ceiling_ratio = NAN};
	sweep->nr_points++; /* so that it is freed in any case */
	return parse_name(point, name) ? NULL : point;
}

static char *copy(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? strdup(text) : NULL;
}

/* NULL, or what is wrong with this entry of "benchmarks". */
static const char *add_repetition(struct sweep *sweep, json_t *entry)
{
	const char *type = json_string_value(json_object_get(entry, "run_type"));
	const char *name = json_string_value(json_object_get(entry, "run_name"));
	struct sweep_point *point;

	if (!type || !name)
		return "an entry without run_type or run_name";
	if (strcmp(type, "iteration"))
		return NULL;
	point = point_of(sweep, name);
	if (!point)
		return "a run_name that is not workload/implementation/threads:N/..";
	if (json_is_true(json_object_get(entry, "error_occurred"))) {
		if (!point->failure)
			point->failure = copy(entry, "error_message");
		if (!point->failure)
			point->failure = strdup("no reason given");
		return NULL;
	}
	if (!json_is_number(json_object_get(entry, "items_per_second")))
		return "a run without items_per_second";
	if (!point->unit)
		point->unit = copy(entry, "label");
	json_array_append(point->repetitions, entry);
	return NULL;
}

double *sweep_samples(const struct sweep_point *point, const char *counter, size_t *nr)
{
	double *found = calloc(json_array_size(point->repetitions) + 1, sizeof(*found));
	json_t *entry;
	size_t i;

	*nr = 0;
	if (!found)
		return NULL;
	json_array_foreach (point->repetitions, i, entry) {
		const json_t *value = json_object_get(entry, counter);

		if (json_is_number(value))
			found[(*nr)++] = json_number_value(value);
	}
	return found;
}

double *sweep_values(const struct sweep_point *point, const char *counter, size_t *nr)
{
	double *found = sweep_samples(point, counter, nr);

	if (found)
		gsl_sort(found, 1, *nr);
	return found;
}

double sweep_counter(const struct sweep_point *point, const char *counter)
{
	size_t nr;
	double *found = sweep_values(point, counter, &nr);
	double median = nr ? gsl_stats_median_from_sorted_data(found, 1, nr) : NAN;

	free(found);
	return median;
}

static void summarise(struct sweep_point *point)
{
	size_t nr;
	double *found = sweep_values(point, "items_per_second", &nr);

	point->nr_runs = nr;
	if (nr) {
		struct interval interval = stats_median_interval(found, nr, 0.95, 1);

		point->median = stats_median(found, nr);
		point->low = nr > 1 ? interval.low : point->median;
		point->high = nr > 1 ? interval.high : point->median;
	}
	free(found);
}

bool sweep_is_ceiling(const struct sweep_point *point)
{
	return !strcmp(point->impl, "ceiling");
}

bool sweep_same_place(const struct sweep_point *a, const struct sweep_point *b)
{
	return !strcmp(a->workload, b->workload) && !strcmp(a->rest, b->rest);
}

static void compare_with_ceiling(const struct sweep *sweep, struct sweep_point *point)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *other = &sweep->points[i];

		if (sweep_is_ceiling(other) && sweep_same_place(other, point) && other->median > 0)
			point->ceiling_ratio = point->median / other->median;
	}
}

static int read_points(json_t *root, struct sweep *sweep, const char *path, struct error *err)
{
	json_t *benchmarks = json_object_get(root, "benchmarks");
	json_t *entry;
	size_t i;

	if (!json_is_array(benchmarks))
		return error_set(err, "%s: no list \"benchmarks\" in it", path);
	json_array_foreach (benchmarks, i, entry) {
		const char *wrong = add_repetition(sweep, entry);

		if (wrong)
			return error_set(err, "%s: %s", path, wrong);
	}
	for (i = 0; i < sweep->nr_points; i++)
		summarise(&sweep->points[i]);
	for (i = 0; i < sweep->nr_points; i++)
		compare_with_ceiling(sweep, &sweep->points[i]);
	return 0;
}

int sweep_load(const char *dir, struct sweep *sweep, struct error *err)
{
	char path[4096];
	json_t *root;
	int ret;

	*sweep = (struct sweep){0};
	snprintf(path, sizeof(path), "%s/benchmark.json", dir);
	root = json_file_read(path, err);
	if (!root)
		return -1;
	ret = read_points(root, sweep, path, err);
	json_decref(root);
	if (ret)
		sweep_free(sweep);
	return ret;
}
