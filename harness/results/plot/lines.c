/* SPDX-License-Identifier: MIT */
/* Throughput against one axis. */
#include <stdlib.h>

#include "harness/results/plot/pictures.h"

/* A block of the data file: one curve. Nothing where no point of it passed. */
static void add_curve(
    struct picture *picture, const struct sweep *sweep, const char *impl, size_t place)
{
	size_t nr;
	const struct sweep_point **points = picture_curve(picture, sweep, impl, &nr);

	if (nr)
		picture_add_series(picture, impl, place);
	for (size_t i = 0; i < nr; i++)
		fprintf(picture->out, "%u %.17g %.17g %.17g\n", picture->axis->of(points[i]),
		    points[i]->median, points[i]->low, points[i]->high);
	free(points);
}

int plot_lines(const struct album *album, const struct sweep_point *like, const struct axis *axis,
    struct error *err)
{
	struct picture picture = {.axis = axis, .first = picture_first(album->sweep, like, axis)};
	struct drawing drawing = {.script = "lines.gp"};
	struct picture_words values;
	const char **impls;
	struct picture_name name = picture_name(like, axis->name);
	char label[128];
	size_t nr;
	int ret = 0;

	if (!picture.first)
		return 0;
	impls = album_impls(album->sweep, &nr);
	picture_start(&picture);
	for (size_t i = 0; i < nr; i++)
		add_curve(&picture, album->sweep, impls[i], i);
	free(impls);
	snprintf(label, sizeof(label), "%s per second",
	    picture.first->unit ? picture.first->unit : "items");
	values = picture_medians(album, &picture);
	drawing.values = values.s;
	drawing.name = name.s;
	drawing.arguments[0] = axis->label;
	drawing.arguments[1] = label;
	drawing.arguments[2] = picture.colours;
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}
