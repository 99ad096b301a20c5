/* SPDX-License-Identifier: MIT */
/* Latencies by percentile, as HDR histograms are drawn: against 1 / (1 - q). */
#include <math.h>

#include "harness/show/document.h"
#include "harness/show/plot/picture.h"

/* Rows of 1 / (1 - q) and nanoseconds. Less than the clock tells is drawn as one nanosecond, for
 * the axis is logarithmic. */
static void add_curve(struct picture *picture, const json_t *curve)
{
	const json_t *step;
	size_t i;

	json_array_foreach (curve, i, step)
		fprintf(picture->out, "%.17g %.17g\n", json_number_value(json_array_get(step, 0)),
		    fmax(1, json_number_value(json_array_get(step, 1))));
}

int plot_latency(const struct album *album, const json_t *chart, struct error *err)
{
	struct picture picture;
	struct drawing drawing = {.script = "latency.gp",
	    .name = member_text(chart, "name"),
	    .title = member_text(chart, "title"),
	    .values = "all rounds together, the clock's cost taken off; below 1 ns at 1 ns",
	    .arguments = {picture.colours}};
	const json_t *curve;
	size_t i;
	int ret = 0;

	picture_start(&picture);
	json_array_foreach (json_object_get(chart, "curves"), i, curve) {
		picture_add_series(album, &picture, member_text(curve, "implementation"));
		add_curve(&picture, json_object_get(curve, "curve"));
	}
	picture_name_failures(&picture, document_point(album->sweep, member_text(chart, "point")));
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}
