/* SPDX-License-Identifier: MIT */
/* The implementations at one point of the sweep. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/plot/pictures.h"

/* What a bar shows. */
struct bar_kind {
	const char *counter; /* of benchmark.json */
	const char *name;    /* in the picture's, behind the workload's; NULL: the listing's */
	const char *label;   /* of the axis; NULL: the items per second */
	const char *unit;    /* behind a bar and its value */
	double scale;        /* the value, in what the text has */
	const char *ticks;
	bool less; /* is better */
};

static const struct bar_kind last_bind = {"time_to_last_bind_us", NULL,
    "microseconds to the last bind: shorter is better", "µs", 1, "%g", true};
static const struct bar_kind throughput = {
    "items_per_second", NULL, NULL, "M/s", 1e-6, "%.0s %c", false};

/* Of runs that have them, whatever else is drawn of those. */
static const struct bar_kind others[] = {
    {"first_touch_p50_ns", "first-touch",
	"nanoseconds of a first touch, two contexts at once, p50: shorter is better", "ns", 1, "%g",
	true},
    {"held_bytes", "held",
	"bytes of services that are unbound and not freed yet, mean: less is better", "B", 1, "%g",
	true},
};

struct bar {
	const struct sweep_point *point;
	double value;
};

static int by_value(const void *left, const void *right)
{
	const struct bar *a = left, *b = right;

	return (a->value > b->value) - (a->value < b->value);
}

static void add_bar(struct picture *picture, const struct bar_kind *kind, const struct bar *bar)
{
	fprintf(picture->out, "\"%s\" %.17g \"%.4g %s\"\n", bar->point->impl, bar->value,
	    bar->value * kind->scale, kind->unit);
	picture->series++;
}

/* Best first. The value of the ceiling, or 0. */
static double add_bars(
    struct picture *picture, const struct sweep *sweep, const struct bar_kind *kind)
{
	struct bar *found = calloc(sweep->nr_points + 1, sizeof(*found));
	double ceiling = 0;
	size_t nr = 0;

	for (size_t i = 0; found && i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];
		double value = sweep_counter(p, kind->counter);

		if (!sweep_same_place(p, picture->first))
			continue;
		if (p->failure)
			picture_name_failed(picture, p);
		else if (sweep_is_ceiling(p))
			ceiling = isnan(value) ? 0 : value;
		else if (!isnan(value))
			found[nr++] = (struct bar){p, value};
	}
	if (nr)
		qsort(found, nr, sizeof(*found), by_value);
	for (size_t i = 0; i < nr; i++)
		add_bar(picture, kind, &found[kind->less ? i : nr - 1 - i]);
	free(found);
	return ceiling;
}

/* Whether any run at the place of `like` has some of it. */
static bool has_any(
    const struct sweep *sweep, const struct sweep_point *like, const struct bar_kind *kind)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (sweep_same_place(p, like) && !p->failure && sweep_counter(p, kind->counter) > 0)
			return true;
	}
	return false;
}

/* -- its name -- */

/* Whether two places have their pictures of a kind named alike by workload, machine and threads. */
static bool are_named_alike(
    const struct bar_kind *kind, const struct sweep_point *a, const struct sweep_point *b)
{
	if (!picture_same_workload(a, b) || a->threads != b->threads)
		return false;
	return kind->name || (a->topology && b->topology && !strcmp(a->topology, b->topology));
}

/* "/devices:8" of a run's name, of this length. */
static bool has_part(const struct sweep_point *point, const char *part, size_t len)
{
	for (const char *at = point->rest; (at = strchr(at, '/')); at++) {
		if (!strncmp(at, part, len) && (at[len] == '/' || !at[len]))
			return true;
	}
	return false;
}

/* Whether another place whose picture would have the same name is not so. */
static bool differs(const struct sweep *sweep, const struct sweep_point *like,
    const struct bar_kind *kind, const char *part, size_t len)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (are_named_alike(kind, like, p) && !has_part(p, part, len) &&
		    (!kind->name || has_any(sweep, p, kind)))
			return true;
	}
	return false;
}

/* "held-threads2"; where several places have that, what differs is behind it: "-devices8". */
static void name_place(const struct sweep *sweep, const struct sweep_point *like,
    const struct bar_kind *kind, char *what, size_t size)
{
	size_t len;

	snprintf(
	    what, size, "%s-threads%u", kind->name ? kind->name : like->topology, like->threads);
	for (const char *part = strchr(like->rest, '/'); part;
	     part = part[len] ? part + len : NULL) {
		const size_t used = strlen(what), key = strcspn(part, ":");

		len = 1 + strcspn(part + 1, "/");
		/* The machine has its place in each name. */
		if (key < len && strncmp(part, "/machine:", key + 1) != 0 &&
		    differs(sweep, like, kind, part, len))
			snprintf(what + used, size - used, "-%.*s%.*s", (int)key - 1, part + 1,
			    (int)(len - key) - 1, part + key + 1);
	}
}

/* -- drawing -- */

static int draw(const struct album *album, const struct sweep_point *like,
    const struct bar_kind *kind, struct error *err)
{
	struct picture picture = {.first = like};
	struct drawing drawing = {.script = "bars.gp",
	    .values = picture_repetitions(album->sweep, like).most > 1 ? "median over repetitions"
	                                                               : "one repetition"};
	char what[400], label[128], ceiling[32];
	struct picture_name name;
	int ret = 0;

	picture_start(&picture);
	snprintf(ceiling, sizeof(ceiling), "%.17g", add_bars(&picture, album->sweep, kind));
	name_place(album->sweep, like, kind, what, sizeof(what));
	name = picture_name(like, what);
	snprintf(label, sizeof(label), "%s%s",
	    kind->label  ? kind->label
	    : like->unit ? like->unit
			 : "items",
	    kind->label ? "" : " per second");
	drawing.name = name.s;
	drawing.arguments[0] = label;
	drawing.arguments[1] = ceiling;
	drawing.arguments[2] = kind->ticks;
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}

int plot_bars(const struct album *album, const struct sweep_point *like, struct error *err)
{
	const struct sweep *sweep = album->sweep;

	if (like->topology &&
	    draw(album, like, has_any(sweep, like, &last_bind) ? &last_bind : &throughput, err))
		return -1;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (has_any(sweep, like, &others[i]) && draw(album, like, &others[i], err))
			return -1;
	}
	return 0;
}
