/* SPDX-License-Identifier: MIT */
#include "harness/results/plot.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/results/file.h"
#include "harness/results/gnuplot.h"

/* What the pictures of one sweep have in common. */
struct album {
	const char *dir;
	const char *scripts;
	const char *machine;
	const struct sweep *sweep;
	FILE *log;
};

/* One picture while it is put together. */
struct picture {
	const struct sweep_point
	    *first;              /* all of its points agree with this one but for the axis */
	const struct axis *axis; /* NULL: bars */
	char *data;
	size_t size;
	FILE *out;    /* writes to data */
	char *failed; /* names of what is not drawn */
	unsigned int series;
};

/* What a picture's x axis can be. */
struct axis {
	const char *name;
	const char *label;
	unsigned int (*of)(const struct sweep_point *point);
};

static unsigned int threads_of(const struct sweep_point *point)
{
	return point->threads;
}

static unsigned int devices_of(const struct sweep_point *point)
{
	return point->devices;
}

static const struct axis axes[] = {
    {"threads", "threads", threads_of},
    {"devices", "devices of a group", devices_of},
};

static bool is_ceiling(const struct sweep_point *point)
{
	return !strcmp(point->impl, "ceiling");
}

/* What stands behind groups:N: parameters that are not the default. */
static const char *parameters(const struct sweep_point *point)
{
	const char *groups = strstr(point->rest, "/groups:");

	return groups ? groups + 1 + strcspn(groups + 1, "/") : "";
}

/* Whether two points can be in one picture along `axis`. */
static bool agree(const struct sweep_point *a, const struct sweep_point *b, const struct axis *axis)
{
	if (strcmp(a->workload, b->workload) || a->groups != b->groups ||
	    strcmp(parameters(a), parameters(b)))
		return false;
	return (axis->of == threads_of || a->threads == b->threads) &&
	       (axis->of == devices_of || a->devices == b->devices);
}

static size_t count_values(
    const struct sweep *sweep, const struct sweep_point *first, const struct axis *axis)
{
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		nr += agree(p, first, axis) && !strcmp(p->impl, first->impl);
	}
	return nr;
}

/* The point of the workload from which most values of the axis can be seen. */
static const struct sweep_point *best_first(
    const struct sweep *sweep, const char *workload, const struct axis *axis)
{
	const struct sweep_point *best = NULL;
	size_t most = 1;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];
		size_t nr;

		if (strcmp(p->workload, workload) || p->topology)
			continue;
		nr = count_values(sweep, p, axis);
		if (nr > most) {
			most = nr;
			best = p;
		}
	}
	return best;
}

/* Each name once; some runs of an implementation may pass and others fail. */
static void name_failed(struct picture *picture, const struct sweep_point *point)
{
	char *longer;

	if (picture->failed && strstr(picture->failed, point->impl))
		return;
	if (asprintf(&longer, "%s%s%s", picture->failed ? picture->failed : "",
		picture->failed ? ", " : "", point->impl) < 0)
		return;
	free(picture->failed);
	picture->failed = longer;
}

static int by_axis(const void *left, const void *right, void *arg)
{
	const struct axis *axis = arg;
	unsigned int a = axis->of(*(const struct sweep_point *const *)left);
	unsigned int b = axis->of(*(const struct sweep_point *const *)right);

	return (a > b) - (a < b);
}

/* A block of the data file: one curve. Nothing where no point of it passed. */
static void add_curve(struct picture *picture, const struct sweep *sweep, const char *impl)
{
	const struct sweep_point **found = calloc(sweep->nr_points, sizeof(*found));
	size_t nr = 0;

	for (size_t i = 0; found && i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (strcmp(p->impl, impl) || !agree(p, picture->first, picture->axis))
			continue;
		if (p->failure)
			name_failed(picture, p);
		else if (p->median > 0) /* the axis is logarithmic */
			found[nr++] = p;
	}
	if (nr) {
		qsort_r(found, nr, sizeof(*found), by_axis, (void *)picture->axis);
		fprintf(picture->out, "%s\"%s\"\n", picture->series++ ? "\n\n" : "", impl);
	}
	for (size_t i = 0; i < nr; i++)
		fprintf(picture->out, "%u %.17g %.17g %.17g\n", picture->axis->of(found[i]),
		    found[i]->median, found[i]->low, found[i]->high);
	free(found);
}

/* Whether this is the first point of its implementation. */
static bool is_new(const struct sweep *sweep, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (!strcmp(sweep->points[j].impl, sweep->points[i].impl))
			return false;
	}
	return true;
}

static int by_impl(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* In one order in all pictures, so that a name keeps its colour: the ceiling, then by name. */
static const char **all_impls(const struct sweep *sweep, size_t *nr)
{
	const char **impls = calloc(sweep->nr_points + 1, sizeof(*impls));

	*nr = 0;
	if (!impls)
		return NULL;
	impls[(*nr)++] = "ceiling";
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (is_new(sweep, i) && !is_ceiling(&sweep->points[i]))
			impls[(*nr)++] = sweep->points[i].impl;
	}
	qsort(impls + 1, *nr - 1, sizeof(*impls), by_impl);
	return impls;
}

/* "share: 2 threads, 1 group of 8 devices" */
static char *make_title(const struct picture *picture)
{
	const struct sweep_point *p = picture->first;
	char *title = NULL;
	size_t size;
	FILE *out = open_memstream(&title, &size);

	if (!out)
		return NULL;
	fprintf(out, "%s:", p->workload);
	if (!picture->axis || picture->axis->of != threads_of)
		fprintf(out, " %u thread%s,", p->threads, p->threads == 1 ? "" : "s");
	fprintf(out, " %u group%s", p->groups, p->groups == 1 ? "" : "s");
	if (p->topology)
		fprintf(out, " of %s", p->topology);
	else if (!picture->axis || picture->axis->of != devices_of)
		fprintf(out, " of %u device%s", p->devices, p->devices == 1 ? "" : "s");
	if (!p->topology)
		fprintf(out, "%s", parameters(p));
	fclose(out);
	return title;
}

static char *make_footer(const struct album *album, const struct picture *picture)
{
	char *footer = NULL;

	if (asprintf(&footer, "%s; median over repetitions with its 95%% interval%s%s",
		album->machine, picture->failed ? "; not drawn, failed their checks: " : "",
		picture->failed ? picture->failed : "") < 0)
		return NULL;
	return footer;
}

/* Writes the data and has it drawn; `extra` and `format` are the script's last arguments. */
static int draw(const struct album *album, struct picture *picture, const char *script,
    const char *name, const char *label, const char *extra, const char *format, struct error *err)
{
	char data[PATH_MAX], output[PATH_MAX], series[16];
	char *title = make_title(picture);
	char *footer = make_footer(album, picture);
	int ret = -1;

	snprintf(data, sizeof(data), "%s/plots/%s.dat", album->dir, name);
	snprintf(output, sizeof(output), "%s/plots/%s", album->dir, name);
	snprintf(series, sizeof(series), "%u", picture->series);
	if (!title || !footer)
		error_set(err, "not enough memory to draw %s", name);
	else if (!file_write_whole(data, picture->data, picture->size, err))
		ret = gnuplot_draw(album->scripts, script,
		    (const char *const[]){
			data, output, title, label, series, footer, extra, format, NULL},
		    err);
	if (!ret)
		fprintf(album->log, "%s.svg\n%s.png\n", output, output);
	free(title);
	free(footer);
	return ret;
}

static void start_picture(struct picture *picture)
{
	picture->out = open_memstream(&picture->data, &picture->size);
	if (!picture->out)
		abort();
}

static void end_picture(struct picture *picture)
{
	free(picture->data);
	free(picture->failed);
}

static int draw_lines(
    const struct album *album, const char *workload, const struct axis *axis, struct error *err)
{
	struct picture picture = {.axis = axis, .first = best_first(album->sweep, workload, axis)};
	const char **impls;
	char name[256], label[128];
	size_t nr;
	int ret = 0;

	if (!picture.first)
		return 0;
	impls = all_impls(album->sweep, &nr);
	start_picture(&picture);
	for (size_t i = 0; impls && i < nr; i++)
		add_curve(&picture, album->sweep, impls[i]);
	fclose(picture.out);
	free(impls);
	snprintf(name, sizeof(name), "%s-%s", workload, axis->name);
	snprintf(label, sizeof(label), "%s per second",
	    picture.first->unit ? picture.first->unit : "items");
	if (picture.series)
		ret = draw(album, &picture, "lines.gp", name, axis->label, label, NULL, err);
	end_picture(&picture);
	return ret;
}

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
	const struct sweep_point **found = calloc(sweep->nr_points, sizeof(*found));
	double ceiling = 0;
	size_t nr = 0;

	for (size_t i = 0; found && i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (!same_place(p, picture->first))
			continue;
		if (p->failure)
			name_failed(picture, p);
		else if (is_ceiling(p))
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

/* The runs that agree with `first` in all but the implementation. */
static int draw_bars(const struct album *album, const struct sweep_point *first, struct error *err)
{
	struct picture picture = {.first = first};
	const char *unit = first->unit ? first->unit : "items";
	char name[256], label[128], ceiling[32];
	int ret = 0;

	start_picture(&picture);
	snprintf(ceiling, sizeof(ceiling), "%.17g", add_bars(&picture, album->sweep));
	fclose(picture.out);
	snprintf(name, sizeof(name), "%s-%s-threads%u", first->workload, first->topology,
	    first->threads);
	if (is_time(first))
		snprintf(label, sizeof(label), "microseconds to the last bind: shorter is better");
	else
		snprintf(label, sizeof(label), "%s per second", unit);
	if (picture.series)
		ret = draw(album, &picture, "bars.gp", name, label, ceiling,
		    is_time(first) ? "%g" : "%.0s %c", err);
	end_picture(&picture);
	return ret;
}

/* Whether no earlier point is of the same set of runs. */
static bool is_first_in_place(const struct sweep *sweep, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (same_place(&sweep->points[j], &sweep->points[i]))
			return false;
	}
	return true;
}

static bool is_first_of_workload(const struct sweep *sweep, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (!strcmp(sweep->points[j].workload, sweep->points[i].workload))
			return false;
	}
	return true;
}

static int draw_all(const struct album *album, struct error *err)
{
	const struct sweep *sweep = album->sweep;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *point = &sweep->points[i];

		for (size_t a = 0; a < sizeof(axes) / sizeof(axes[0]); a++) {
			if (is_first_of_workload(sweep, i) &&
			    draw_lines(album, point->workload, &axes[a], err))
				return -1;
		}
		if (point->topology && is_first_in_place(sweep, i) && draw_bars(album, point, err))
			return -1;
	}
	return 0;
}

int plot_sweep(const char *dir, const char *scripts, const struct sweep *sweep, const char *machine,
    FILE *log, struct error *err)
{
	const struct album album = {dir, scripts, machine, sweep, log};
	char path[PATH_MAX];

	if (!sweep->nr_points)
		return error_set(err, "%s: nothing was measured, so there is nothing to draw", dir);
	snprintf(path, sizeof(path), "%s/plots", dir);
	if (mkdir(path, 0777) && errno != EEXIST)
		return error_errno(err, "cannot make directory %s", path);
	return draw_all(&album, err);
}
