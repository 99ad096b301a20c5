/* SPDX-License-Identifier: MIT */
/* Throughput along one axis. */
#include "harness/show/document.h"
#include "harness/show/plot/picture.h"

static double number(const json_t *measure, const char *key)
{
	return json_number_value(json_object_get(measure, key));
}

/* A row: where on the axis, the median, and its interval, or the median again. */
static void add_row(struct picture *picture, json_int_t at, const json_t *value)
{
	const bool known = *measure_interval(value) != '\0';

	fprintf(picture->out, "%" JSON_INTEGER_FORMAT " %.17g %.17g %.17g\n", at,
	    number(value, "value"), number(value, known ? "low" : "value"),
	    number(value, known ? "high" : "value"));
}

/* A block of the data: one curve. Nothing if no point of it passed. */
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
		if (!(number(value, "value") > 0)) /* the axis is logarithmic */
			continue;
		if (picture->series == series)
			picture_add_series(album, picture, implementation);
		add_row(picture,
		    json_integer_value(json_object_get(point, member_text(chart, "axis"))), value);
	}
}

int plot_curves(const struct album *album, const json_t *chart, struct error *err)
{
	const json_t *family = document_family(album->report, album->sweep);
	struct picture picture;
	struct drawing drawing = {.script = "lines.gp",
	    .name = member_text(chart, "name"),
	    .title = member_text(chart, "title"),
	    .values = album_values(album, json_object_get(chart, "points"), true),
	    .arguments = {
		member_text(chart, "axis_label"), member_text(chart, "label"), picture.colours}};
	const json_t *implementation;
	size_t i;
	int ret = 0;

	picture_start(&picture);
	json_array_foreach (json_object_get(family, "implementations"), i, implementation)
		add_curve(album, &picture, chart, member_text(implementation, "name"));
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}
