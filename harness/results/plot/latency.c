/* SPDX-License-Identifier: MIT */
/* Latencies by percentile, as HDR histograms are drawn: against 1 / (1 - q). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/plot/pictures.h"

static const char *const titles[LATENCY_OPS] = {
    [LATENCY_PROBE] = "latency of a probe",
    [LATENCY_REFUSED] = "latency of what was refused",
    [LATENCY_REMOVE] = "latency of a remove",
    [LATENCY_CLAIM] = "latency of a claim",
    [LATENCY_CLAIM_SUCCESS] = "time until a claim is granted",
    [LATENCY_RELEASE] = "latency of a release",
    [LATENCY_QUERY] = "latency of a query",
    [LATENCY_USE] = "latency of a use",
    [LATENCY_UNBIND] = "latency of an unbind",
    [LATENCY_FIRST_TOUCH] = "latency of a first touch, two contexts at once",
    [LATENCY_RETOUCH] = "latency of a touch of a device that is set up",
};

static const struct histogram *timed(
    const struct album *album, const struct sweep_point *point, enum latency_op op)
{
	return point->failure ? NULL : histograms_find(album->histograms, point->name, op);
}

static size_t count_timed(
    const struct album *album, const struct sweep_point *place, enum latency_op op)
{
	size_t nr = 0;

	for (size_t i = 0; i < album->sweep->nr_points; i++) {
		const struct sweep_point *p = &album->sweep->points[i];

		nr += sweep_same_place(p, place) && !sweep_is_ceiling(p) && timed(album, p, op);
	}
	return nr;
}

/* More threads, but not more than CPUs; 0: unknown. */
static bool is_better(const struct sweep_point *a, const struct sweep_point *b, unsigned int cpus)
{
	const bool a_fits = !cpus || a->threads <= cpus, b_fits = !cpus || b->threads <= cpus;

	if (a_fits != b_fits)
		return a_fits;
	return a_fits ? a->threads > b->threads : a->threads < b->threads;
}

/* Where most implementations were timed, beside the ceiling; of those, with the most threads that
 * have a CPU each. */
static const struct sweep_point *best_place(
    const struct album *album, const struct sweep_point *like, enum latency_op op)
{
	const unsigned int cpus = album_cpus(album, like);
	const struct sweep_point *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < album->sweep->nr_points; i++) {
		const struct sweep_point *p = &album->sweep->points[i];
		size_t nr = picture_same_workload(p, like) ? count_timed(album, p, op) : 0;

		if (nr && (nr > most || (nr == most && is_better(p, best, cpus)))) {
			most = nr;
			best = p;
		}
	}
	return best;
}

/* Of `seen` of the samples; of all of them as of the last one. */
static double beyond(const struct histogram *h, uint64_t seen)
{
	return (double)h->count / (double)(h->count - (seen < h->count ? seen : h->count - 1));
}

/* Rows of 1 / (1 - q) and nanoseconds: a step for each bucket. Less than the clock tells is drawn
 * as one nanosecond, for the axis is logarithmic. */
static void add_curve(struct picture *picture, const struct histogram *h)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
		const uint64_t before = seen;
		double ns;

		seen += h->buckets[i];
		if (seen == before)
			continue;
		ns = fmax(1, histogram_quantile(h, (double)seen / (double)h->count));
		fprintf(picture->out, "%.17g %.17g\n%.17g %.17g\n", beyond(h, before), ns,
		    beyond(h, seen), ns);
	}
	fprintf(picture->out, "%.17g %.17g\n", beyond(h, seen), fmax(1, (double)h->max));
}

static void add_curves(const struct album *album, struct picture *picture, enum latency_op op)
{
	size_t nr;
	const char **impls = album_impls(album->sweep, &nr);

	for (size_t i = 0; i < nr; i++) {
		for (size_t j = 0; j < album->sweep->nr_points; j++) {
			const struct sweep_point *p = &album->sweep->points[j];
			const struct histogram *h = timed(album, p, op);

			if (strcmp(p->impl, impls[i]) || !sweep_same_place(p, picture->first))
				continue;
			if (p->failure)
				picture_name_failed(picture, p);
			if (!h || !h->count)
				continue;
			picture_add_series(picture, p->impl, i);
			add_curve(picture, h);
		}
	}
	free(impls);
}

static int draw_op(const struct album *album, const struct sweep_point *like, enum latency_op op,
    struct error *err)
{
	struct picture picture = {.first = best_place(album, like, op)};
	struct drawing drawing = {.script = "latency.gp",
	    .what = titles[op],
	    .values = "all repetitions together, the clock's cost taken off; below 1 ns at 1 ns"};
	struct picture_name name;
	char what[64];
	int ret = 0;

	if (!picture.first)
		return 0;
	picture_start(&picture);
	add_curves(album, &picture, op);
	snprintf(what, sizeof(what), "latency-%s", latency_op_name(op));
	name = picture_name(like, what);
	drawing.name = name.s;
	drawing.arguments[0] = picture.colours;
	if (picture.series)
		ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}

int plot_latency(const struct album *album, const struct sweep_point *like, struct error *err)
{
	for (enum latency_op op = 0; op < LATENCY_OPS && album->histograms->nr; op++) {
		if (draw_op(album, like, op, err))
			return -1;
	}
	return 0;
}
