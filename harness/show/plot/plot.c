/* SPDX-License-Identifier: MIT */
#include "harness/show/plot/plot.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/memory.h"
#include "harness/show/plot/picture.h"
#include "harness/show/report_document.h"

/* -- throughput along one axis -- */

/* Adds the curve of one implementation as a block of the data. Adds nothing if the implementation
 * passed at no point. */
static void add_curve(const struct album *album, struct picture *picture, const json_t *chart,
    const char *implementation)
{
	const unsigned int series = picture->series;
	const json_t *id;
	size_t i;

	json_array_foreach (json_object_get(chart, "points"), i, id) {
		const json_t *point = document_point(album->sweep, json_string_value(id));
		const json_t *result = point_result(point, implementation);
		const json_t *value = json_object_get(result, "value");

		if (result && result_failed(result))
			picture_name_failed(picture, implementation);
		if (!(member_number(value, "value") > 0)) /* the axis is logarithmic */
			continue;
		if (picture->series == series)
			picture_add_series(album, picture, implementation);
		picture_add_row(picture, member_number(point, member_text(chart, "axis")),
		    member_number(value, "value"), member_number(value, "low"),
		    member_number(value, "high"));
	}
}

static struct drawing fill_curves(
    const struct album *album, const json_t *chart, struct picture *picture)
{
	const json_t *family = document_family(album->report, album->sweep), *implementation;
	size_t i;

	json_array_foreach (json_object_get(family, "implementations"), i, implementation)
		add_curve(album, picture, chart, member_text(implementation, "name"));
	return (struct drawing){.script = "lines.gp",
	    .values = album_values(album, json_object_get(chart, "points"), true),
	    .arguments = {
		member_text(chart, "axis_label"), member_text(chart, "label"), picture->colours}};
}

/* -- bars for the implementations at one point -- */

/* Returns the measure that a bar shows: the chart's metric if it has one, else the result's
 * value. */
static const json_t *measure_of(const json_t *chart, const json_t *result)
{
	const char *metric = member_text(chart, "metric");

	return *metric ? json_object_get(json_object_get(result, "metrics"), metric)
	               : json_object_get(result, "value");
}

/* The unit of a bar chart: gnuplot's format for the ticks, and the factor for the values. */
struct bar_unit {
	const char *ticks;
	double scale;
};

static struct bar_unit unit_of(const json_t *chart, const json_t *point)
{
	if (*member_text(chart, "metric"))
		return (struct bar_unit){"%.1s %cB", 1};
	if (!strcmp(member_text(point, "quantity"), "time"))
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

/* Returns the results in the order of their bars: the best one first, or for a metric the smallest
 * first. The caller frees the array. */
static const json_t **results_in_order(const json_t *point, const json_t *chart, size_t *nr)
{
	const json_t *results = json_object_get(point, "results");
	const json_t **ordered;

	*nr = json_array_size(results);
	ordered = allocate(*nr, sizeof(*ordered));
	for (size_t i = 0; i < *nr; i++)
		ordered[i] = json_array_get(results, i);
	if (*member_text(chart, "metric"))
		qsort_r(ordered, *nr, sizeof(*ordered), by_measure, (void *)chart);
	return ordered;
}

/* Adds a bar for each implementation except the ceiling. Returns the ceiling's value, or 0 if it
 * has none. */
static double add_bars(
    struct picture *picture, const json_t *point, const json_t *chart, double scale)
{
	const char *ceiling = member_text(point, "ceiling");
	double of_ceiling = 0;
	size_t nr;
	const json_t **results = results_in_order(point, chart, &nr);

	for (size_t i = 0; i < nr; i++) {
		const json_t *result = results[i];
		const char *implementation = member_text(result, "implementation");
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

static struct drawing fill_bars(
    const struct album *album, const json_t *chart, struct picture *picture)
{
	const json_t *point = document_point(album->sweep, member_text(chart, "point"));
	const struct bar_unit unit = unit_of(chart, point);
	json_t *ids = json_pack("[s]", member_text(chart, "point"));
	const char *values = album_values(album, ids, false);

	json_decref(ids);
	snprintf(picture->ceiling, sizeof(picture->ceiling), "%#.17g",
	    add_bars(picture, point, chart, unit.scale));
	return (struct drawing){.script = "bars.gp",
	    .values = values,
	    .arguments = {member_text(chart, "label"), picture->ceiling, unit.ticks}};
}

/* -- latencies by percentile against 1 / (1 - q), as HDR histograms are usually drawn -- */

/* Writes rows of 1 / (1 - q) and nanoseconds. The axis is logarithmic, so latencies below the
 * clock's resolution are drawn as one nanosecond. */
static void add_latencies(struct picture *picture, const json_t *curve)
{
	const json_t *step;
	size_t i;

	json_array_foreach (curve, i, step)
		fprintf(picture->out, "%.17g %.17g\n", json_number_value(json_array_get(step, 0)),
		    fmax(1, json_number_value(json_array_get(step, 1))));
}

static struct drawing fill_latencies(
    const struct album *album, const json_t *chart, struct picture *picture)
{
	const json_t *curve;
	size_t i;

	json_array_foreach (json_object_get(chart, "curves"), i, curve) {
		picture_add_series(album, picture, member_text(curve, "implementation"));
		add_latencies(picture, json_object_get(curve, "curve"));
	}
	picture_name_failures(picture, document_point(album->sweep, member_text(chart, "point")));
	return (struct drawing){.script = "latency.gp",
	    .values = "times of all rounds, without the cost of reading the clock; below 1 ns "
		      "drawn as 1 ns",
	    .arguments = {picture->colours}};
}

/* -- all pictures -- */

static const struct {
	const char *kind;
	struct drawing (*fill)(
	    const struct album *album, const json_t *chart, struct picture *picture);
} kinds[] = {{"curves", fill_curves}, {"bars", fill_bars}, {"latency", fill_latencies}};

static int draw_chart(const struct album *album, const json_t *chart, struct error *err)
{
	int ret = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && !ret; i++) {
		struct picture picture;
		struct drawing drawing;

		if (strcmp(member_text(chart, "kind"), kinds[i].kind) != 0)
			continue;
		picture_start(&picture);
		drawing = kinds[i].fill(album, chart, &picture);
		drawing.name = member_text(chart, "name");
		drawing.title = member_text(chart, "title");
		if (picture.series)
			ret = picture_draw(album, &picture, &drawing, err);
		picture_end(&picture);
	}
	return ret;
}

static int draw_claims(const struct album *album, struct error *err)
{
	const json_t *machine = document_machine(album->report, album->sweep);
	const json_t *claim;
	size_t i;

	json_array_foreach (json_object_get(album->sweep, "claims"), i, claim) {
		if (plot_claim(album->dir, album->scripts, claim, member_text(machine, "name"),
			album->log, err))
			return -1;
	}
	return 0;
}

static int draw_sweep(const struct album *album, struct error *err)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(album->sweep, "charts"), i, entry) {
		if (draw_chart(album, entry, err))
			return -1;
	}
	json_array_foreach (json_object_get(album->sweep, "scaling"), i, entry) {
		if (plot_scaling(album, entry, err))
			return -1;
	}
	return draw_claims(album, err);
}

int plot_report(
    const json_t *report, const char *dir, const char *scripts, FILE *log, struct error *err)
{
	struct album album = {dir, scripts, log, report, NULL};
	size_t i;

	if (mkdir(dir, 0777) && errno != EEXIST)
		return error_errno(err, "cannot make directory %s", dir);
	json_array_foreach (json_object_get(report, "sweeps"), i, album.sweep) {
		if (draw_sweep(&album, err))
			return -1;
	}
	return 0;
}
