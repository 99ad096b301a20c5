/* SPDX-License-Identifier: MIT */
#include "harness/results/plot/plot.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/results/plot/pictures.h"

/* Whether no earlier point is of the same set of runs. */
static bool is_first_in_place(const struct sweep *sweep, size_t i)
{
	const struct sweep_point *point = &sweep->points[i];

	for (size_t j = 0; j < i; j++) {
		if (!strcmp(sweep->points[j].workload, point->workload) &&
		    !strcmp(sweep->points[j].rest, point->rest))
			return false;
	}
	return true;
}

static bool is_first_of_workload(const struct sweep *sweep, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (picture_same_workload(&sweep->points[j], &sweep->points[i]))
			return false;
	}
	return true;
}

static int draw_workload(
    const struct album *album, const struct sweep_point *like, struct error *err)
{
	static const struct axis *const axes[] = {&axis_threads, &axis_devices, &axis_groups};

	for (size_t i = 0; i < sizeof(axes) / sizeof(axes[0]); i++) {
		if (plot_lines(album, like, axes[i], err))
			return -1;
	}
	if (plot_scaling(album, like, err))
		return -1;
	return plot_latency(album, like, err);
}

static int draw_all(const struct album *album, struct error *err)
{
	const struct sweep *sweep = album->sweep;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *point = &sweep->points[i];

		if (is_first_of_workload(sweep, i) && draw_workload(album, point, err))
			return -1;
		if (is_first_in_place(sweep, i) && plot_bars(album, point, err))
			return -1;
	}
	return 0;
}

int plot_sweep(const char *dir, const char *scripts, const struct sweep *sweep,
    const struct histograms *histograms, const json_t *environment, const json_t *catalogue,
    FILE *log, struct error *err)
{
	const struct album album = {dir, scripts, environment, catalogue, sweep, histograms, log};
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/plots", dir);
	if (mkdir(path, 0777) && errno != EEXIST)
		return error_errno(err, "cannot make directory %s", path);
	return draw_all(&album, err);
}
