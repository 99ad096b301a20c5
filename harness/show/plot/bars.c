/* SPDX-License-Identifier: MIT */
/* The implementations at one point. */
#include <stdlib.h>
#include <string.h>

#include "harness/show/document.h"
#include "harness/show/plot/picture.h"

/* What a bar shows of a result: its value, or one of its metrics. */
static const json_t *measure_of(const json_t *chart, const json_t *result)
{
	const char *metric = document_text(chart, "metric");

	return *metric ? json_object_get(json_object_get(result, "metrics"), metric)
	               : json_object_get(result, "value");
}

/* gnuplot's unit of what a bar shows: its ticks, and what they are multiplied with. */
struct bar_unit {
	const char *ticks;
	double scale;
};

static struct bar_unit unit_of(const json_t *chart, const json_t *point)
{
	if (*document_text(chart, "metric"))
		return (struct bar_unit){"%.1s %cB", 1};
	if (!strcmp(document_text(point, "quantity"), "time"))
		return (struct bar_unit){"%.1s %cs", 1e-9};
	return (struct bar_unit){"%.1s %c", 1};
}

static int by_measure(const void *left, const void *right, void *chart)
{
	const json_t *const *results[] = {left, right};
	double value[2];

	for (size_t i = 0; i < 2; i++)
		value[i] =
		    json_number_value(json_object_get(measure_of(chart, *results[i]), "value"));
	return (value[0] > value[1]) - (value[0] < value[1]);
}

/* Results in the order of their bars: the best of the point first; of another metric the least. To
 * be freed. */
static const json_t **results_in_order(const json_t *point, const json_t *chart, size_t *nr)
{
	const json_t *results = json_object_get(point, "results");
	const json_t **ordered = calloc(json_array_size(results) + 1, sizeof(*ordered));

	if (!ordered)
		abort(); /* a few pointers */
	*nr = json_array_size(results);
	for (size_t i = 0; i < *nr; i++)
		ordered[i] = json_array_get(results, i);
	if (*document_text(chart, "metric"))
		qsort_r(ordered, *nr, sizeof(*ordered), by_measure, (void *)chart);
	return ordered;
}

/* Returns the ceiling's value, or 0. */
static double add_bars(
    struct picture *picture, const json_t *point, const json_t *chart, double scale)
{
	const char *ceiling = document_text(point, "ceiling");
	double of_ceiling = 0;
	size_t nr;
	const json_t **results = results_in_order(point, chart, &nr);

	for (size_t i = 0; i < nr; i++) {
		const json_t *result = results[i];
		const char *implementation = document_text(result, "implementation");
		const json_t *measure = measure_of(chart, result);
		const double value = scale * json_number_value(json_object_get(measure, "value"));

		if (result_failed(result)) {
			picture_name_failed(picture, implementation);
		} else if (!strcmp(implementation, ceiling)) {
			of_ceiling = value;
		} else if (json_is_object(measure)) {
			fprintf(picture->out, "\"%s\" %.17g \"%s\"\n", implementation, value,
			    measure_text(measure));
			picture->series++;
		}
	}
	free(results);
	return of_ceiling;
}

int plot_bars(const struct album *album, const json_t *chart, struct error *err)
{
	const json_t *point = album_point(album, document_text(chart, "point"));
	const struct bar_unit unit = unit_of(chart, point);
	json_t *ids = json_pack("[s]", document_text(chart, "point"));
	char ceiling[32];
	struct picture picture;
	struct drawing drawing = {.script = "bars.gp",
	    .name = document_text(chart, "name"),
	    .title = document_text(chart, "title"),
	    .values = album_values(album, ids, false),
	    .arguments = {document_text(chart, "label"), ceiling, unit.ticks}};
	int ret = 0;

	picture_start(&picture);
	snprintf(ceiling, sizeof(ceiling), "%.17g", add_bars(&picture, point, chart, unit.scale));
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	json_decref(ids);
	return ret;
}
