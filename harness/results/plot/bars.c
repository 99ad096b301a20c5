/* SPDX-License-Identifier: MIT */
/* The implementations at one point of the sweep. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/plot/pictures.h"

/* What a bar shows: microseconds to the last bind where there is one, else throughput. */
static double bar_value(const struct sweep_point *point)
{
	double bind = sweep_counter(point, "time_to_last_bind_us");

	return isnan(bind) ? point->median : bind;
}

static bool is_time(const struct sweep_point *point)
{
	return !isnan(sweep_counter(point, "time_to_last_bind_us"));
}

/* Best first. */
static int by_value(const void *left, const void *right)
{
	const struct sweep_point *a = *(const struct sweep_point *const *)left;
	const struct sweep_point *b = *(const struct sweep_point *const *)right;
	int order = (bar_value(a) > bar_value(b)) - (bar_value(a) < bar_value(b));

	return is_time(a) ? order : -order;
}

static void add_bar(struct picture *picture, const struct sweep_point *point)
{
	if (is_time(point))
		fprintf(picture->out, "\"%s\" %.17g \"%.4g µs\"\n", point->impl, bar_value(point),
		    bar_value(point));
	else
		fprintf(picture->out, "\"%s\" %.17g \"%.4g M/s\"\n", point->impl, bar_value(point),
		    bar_value(point) * 1e-6);
	picture->series++;
}

static bool same_place(const struct sweep_point *a, const struct sweep_point *b)
{
	return !strcmp(a->workload, b->workload) && !strcmp(a->rest, b->rest);
}

/* The value of the ceiling, or 0. */
static double add_bars(struct picture *picture, const struct sweep *sweep)
{
	const struct sweep_point **found = calloc(sweep->nr_points + 1, sizeof(*found));
	double ceiling = 0;
	size_t nr = 0;

	for (size_t i = 0; found && i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (!same_place(p, picture->first))
			continue;
		if (p->failure)
			picture_name_failed(picture, p);
		else if (!strcmp(p->impl, "ceiling"))
			ceiling = bar_value(p);
		else if (p->nr_runs)
			found[nr++] = p;
	}
	if (nr)
		qsort(found, nr, sizeof(*found), by_value);
	for (size_t i = 0; i < nr; i++)
		add_bar(picture, found[i]);
	free(found);
	return ceiling;
}

int plot_bars(const struct album *album, const struct sweep_point *like, struct error *err)
{
	struct picture picture = {.first = like};
	struct drawing drawing = {.script = "bars.gp", .values = picture_medians};
	const char *unit = like->unit ? like->unit : "items";
	char what[256], label[128], ceiling[32];
	struct picture_name name;
	int ret = 0;

	picture_start(&picture);
	snprintf(ceiling, sizeof(ceiling), "%.17g", add_bars(&picture, album->sweep));
	snprintf(what, sizeof(what), "%s-threads%u", like->topology, like->threads);
	name = picture_name(like, what);
	if (is_time(like))
		snprintf(label, sizeof(label), "microseconds to the last bind: shorter is better");
	else
		snprintf(label, sizeof(label), "%s per second", unit);
	drawing.name = name.s;
	drawing.arguments[0] = label;
	drawing.arguments[1] = ceiling;
	drawing.arguments[2] = is_time(like) ? "%g" : "%.0s %c";
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}
