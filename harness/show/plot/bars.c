/* SPDX-License-Identifier: MIT */
/* The implementations at one point. */
#include <string.h>

#include "harness/show/document.h"
#include "harness/show/plot/picture.h"

/* What a bar shows of a result: its value, or one of its metrics. */
static const json_t *measure_of(const json_t *chart, const json_t *result)
{
	const char *metric = member_text(chart, "metric");

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
	if (*member_text(chart, "metric"))
		return (struct bar_unit){"%.1s %cB", 1};
	if (!strcmp(member_text(point, "quantity"), "time"))
		return (struct bar_unit){"%.1s %cs", 1e-9};
	return (struct bar_unit){"%.1s %c", 1};
}

/* Results are in the order of the point, the best first. Returns the ceiling's value, or 0. */
static double add_bars(
    struct picture *picture, const json_t *point, const json_t *chart, double scale)
{
	const char *ceiling = member_text(point, "ceiling");
	const json_t *result;
	double of_ceiling = 0;
	size_t i;

	json_array_foreach (json_object_get(point, "results"), i, result) {
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
	return of_ceiling;
}

int plot_bars(const struct album *album, const json_t *chart, struct error *err)
{
	const json_t *point = document_point(album->sweep, member_text(chart, "point"));
	const struct bar_unit unit = unit_of(chart, point);
	json_t *ids = json_pack("[s]", member_text(chart, "point"));
	char ceiling[32];
	struct picture picture;
	struct drawing drawing = {.script = "bars.gp",
	    .name = member_text(chart, "name"),
	    .title = member_text(chart, "title"),
	    .values = album_values(album, ids, false),
	    .arguments = {member_text(chart, "label"), ceiling, unit.ticks}};
	int ret = 0;

	picture_start(&picture);
	snprintf(ceiling, sizeof(ceiling), "%.17g", add_bars(&picture, point, chart, unit.scale));
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	json_decref(ids);
	return ret;
}
