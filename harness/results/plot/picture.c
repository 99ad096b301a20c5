/* SPDX-License-Identifier: MIT */
#include "harness/results/plot/picture.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"
#include "harness/results/conditions.h"
#include "harness/results/gnuplot.h"
#include "harness/results/machine.h"
#include "harness/results/stats.h"

enum { MAX_ARGUMENTS = 4 };

void picture_start(struct picture *picture)
{
	picture->out = open_memstream(&picture->data, &picture->size);
	if (!picture->out)
		abort(); /* some kilobytes */
}

void picture_end(struct picture *picture)
{
	if (picture->out)
		fclose(picture->out);
	free(picture->data);
	free(picture->failed);
}

void picture_add_series(struct picture *picture, const char *impl, size_t place)
{
	/* 1 is the ceiling's alone; style.gp has 40. */
	const size_t colour = place ? 2 + (place - 1) % 39 : 1;
	const size_t used = strlen(picture->colours);

	snprintf(picture->colours + used, sizeof(picture->colours) - used, " %zu", colour);
	fprintf(picture->out, "%s\"%s\"\n", picture->series++ ? "\n\n" : "", impl);
}

struct picture_name picture_name(const struct sweep_point *point, const char *what)
{
	struct picture_name name;

	snprintf(name.s, sizeof(name.s), "%s-%s%s%s", point->workload, what,
	    point->machine ? "-" : "", point->machine ? point->machine : "");
	return name;
}

/* -- what is in it -- */

bool picture_same_workload(const struct sweep_point *a, const struct sweep_point *b)
{
	if (strcmp(a->workload, b->workload) != 0)
		return false;
	return a->machine && b->machine ? !strcmp(a->machine, b->machine)
	                                : a->machine == b->machine;
}

/* The point of the workload from which most values of the axis can be seen. */
const struct sweep_point *picture_first(
    const struct sweep *sweep, const struct sweep_point *like, const struct axis *axis)
{
	const struct sweep_point *best = NULL;
	size_t most = 1;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];
		size_t nr;

		if (!picture_same_workload(p, like))
			continue;
		nr = axis_count(axis, sweep, p);
		if (nr > most) {
			most = nr;
			best = p;
		}
	}
	return best;
}

/* Each name once; some runs of an implementation may pass and others fail. */
void picture_name_failed(struct picture *picture, const struct sweep_point *point)
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

const struct sweep_point **picture_curve(
    struct picture *picture, const struct sweep *sweep, const char *impl, size_t *nr)
{
	const struct sweep_point **found = calloc(sweep->nr_points + 1, sizeof(*found));

	if (!found)
		abort(); /* some kilobytes */
	*nr = 0;
	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (strcmp(p->impl, impl) || !axis_through(picture->axis, picture->first, p))
			continue;
		if (p->failure)
			picture_name_failed(picture, p);
		else if (p->median > 0) /* the axis is logarithmic */
			found[(*nr)++] = p;
		picture->grown |=
		    p->devices > picture->first->devices && picture->axis == &axis_threads;
	}
	qsort_r(found, *nr, sizeof(*found), by_axis, (void *)picture->axis);
	return found;
}

struct picture_repetitions picture_repetitions(
    const struct sweep *sweep, const struct sweep_point *like)
{
	struct picture_repetitions found = {SIZE_MAX, 0};

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *p = &sweep->points[i];

		if (p->failure || !picture_same_workload(p, like))
			continue;
		found.fewest = p->nr_runs < found.fewest ? p->nr_runs : found.fewest;
		found.most = p->nr_runs > found.most ? p->nr_runs : found.most;
	}
	return found;
}

struct picture_words picture_medians(const struct album *album, const struct picture *picture)
{
	const struct picture_repetitions nr = picture_repetitions(album->sweep, picture->first);
	struct picture_words words;

	if (nr.most < 2)
		snprintf(words.s, sizeof(words.s), "one repetition");
	else if (nr.fewest >= STATS_ENOUGH)
		snprintf(
		    words.s, sizeof(words.s), "median over repetitions with its 95%% interval");
	else if (nr.fewest == nr.most)
		snprintf(
		    words.s, sizeof(words.s), "median with the range of %zu repetitions", nr.most);
	else
		snprintf(words.s, sizeof(words.s),
		    "median over repetitions with its 95%% interval, or of fewer than %d with "
		    "their range",
		    STATS_ENOUGH);
	return words;
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

const char **album_impls(const struct sweep *sweep, size_t *nr)
{
	const char **impls = calloc(sweep->nr_points + 1, sizeof(*impls));

	*nr = 0;
	if (!impls)
		abort(); /* some kilobytes */
	impls[(*nr)++] = "ceiling";
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (is_new(sweep, i) && !sweep_is_ceiling(&sweep->points[i]))
			impls[(*nr)++] = sweep->points[i].impl;
	}
	qsort(impls + 1, *nr - 1, sizeof(*impls), by_impl);
	return impls;
}

/* -- what it says of it -- */

char *picture_conditions(const struct album *album, const struct picture *picture)
{
	const struct sweep_point *p = picture->first;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort(); /* a line */
	if (picture->axis != &axis_threads)
		fprintf(out, "%u thread%s, ", p->threads, p->threads == 1 ? "" : "s");
	if (picture->axis == &axis_groups)
		fputs("groups", out);
	else
		fprintf(out, "%u group%s", p->groups, p->groups == 1 ? "" : "s");
	if (p->topology)
		fprintf(out, " of %s", p->topology);
	else if (picture->axis != &axis_devices)
		fprintf(out, " of %u device%s%s", p->devices, p->devices == 1 ? "" : "s",
		    picture->grown ? " or one for each thread" : "");
	fprintf(out, ", %s", conditions_of(p, conditions_path(p, album->catalogue)).s);
	fclose(out);
	return text;
}

/* "share: 1 group of 8 devices" */
static char *make_title(
    const struct album *album, const struct picture *picture, const struct drawing *drawing)
{
	char *conditions = picture_conditions(album, picture);
	char *title;

	if (asprintf(&title, "%s%s%s: %s", picture->first->workload, drawing->what ? ", " : "",
		drawing->what ? drawing->what : "", conditions) < 0)
		abort(); /* a line */
	free(conditions);
	return title;
}

/* Of a merged sweep, that of the point's machine. */
static const json_t *environment_of(const struct album *album, const struct sweep_point *point)
{
	if (!point->machine)
		return album->environment;
	return json_object_get(json_object_get(album->environment, "machines"), point->machine);
}

static char *make_footer(
    const struct album *album, const struct picture *picture, const struct drawing *drawing)
{
	char *machine = machine_name(environment_of(album, picture->first));
	char *footer;

	if (asprintf(&footer, "measured on %s; %s%s%s", machine ? machine : "an unknown machine",
		drawing->values, picture->failed ? "; not drawn, failed their checks: " : "",
		picture->failed ? picture->failed : "") < 0)
		abort(); /* a line */
	free(machine);
	return footer;
}

int picture_draw(const struct album *album, struct picture *picture, const struct drawing *drawing,
    struct error *err)
{
	char data[PATH_MAX], output[PATH_MAX], series[16];
	char *title = make_title(album, picture, drawing);
	char *footer = make_footer(album, picture, drawing);
	const char *arguments[5 + MAX_ARGUMENTS + 1] = {data, output, title, series, footer};
	int ret;

	fclose(picture->out);
	picture->out = NULL;
	snprintf(data, sizeof(data), "%s/plots/%s.dat", album->dir, drawing->name);
	snprintf(output, sizeof(output), "%s/plots/%s", album->dir, drawing->name);
	snprintf(series, sizeof(series), "%u", picture->series);
	for (size_t i = 0; i < MAX_ARGUMENTS; i++)
		arguments[5 + i] = drawing->arguments[i];
	ret = file_write_whole(data, picture->data, picture->size, err) ||
	      gnuplot_draw(album->scripts, drawing->script, arguments, err);
	if (!ret)
		fprintf(album->log, "%s.svg\n%s.png\n", output, output);
	free(title);
	free(footer);
	return ret ? -1 : 0;
}

unsigned int album_cpus(const struct album *album, const struct sweep_point *point)
{
	return machine_nr_cpus(environment_of(album, point));
}
