/* SPDX-License-Identifier: MIT */
#include "harness/show/plot/picture.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/memory.h"
#include "harness/process/child.h"
#include "harness/show/report_document.h"

/* The maximum number of arguments of a script besides those that all scripts have. */
enum { MAX_ARGUMENTS = 4 };

/* gnuplot passes at most nine arguments to a script, ARG1 to ARG9. */
enum { GNUPLOT_ARGUMENTS = 9 };

int gnuplot_draw(
    const char *scripts, const char *script, const char *const *arguments, struct error *err)
{
	char path[PATH_MAX];
	const char *argv[GNUPLOT_ARGUMENTS + 4] = {"gnuplot", "-c", path};
	struct child child = {0};
	struct child_end end;
	int ret;

	snprintf(path, sizeof(path), "%s/%s", scripts, script);
	for (int i = 0; i < GNUPLOT_ARGUMENTS && arguments[i]; i++)
		argv[i + 3] = arguments[i];
	if (access(path, R_OK))
		return error_errno(err, "cannot read %s", path);
	ret = child_spawn(&child, argv, NULL, NULL);
	if (ret == ENOENT)
		return error_set(err, "gnuplot is not installed: apt-get install gnuplot-nox");
	if (ret)
		return error_set(err, "cannot run gnuplot: %s", strerror(ret));
	end = child_reap(&child);
	if (end.outcome != CHILD_EXITED || end.code)
		return error_set(err, "gnuplot failed on %s: see its message above", path);
	return 0;
}

void picture_start(struct picture *picture)
{
	*picture = (struct picture){0};
	picture->out = text_stream(&picture->data, &picture->size);
}

void picture_end(struct picture *picture)
{
	if (picture->out)
		fclose(picture->out);
	free(picture->data);
	free(picture->failed);
}

/* Returns the implementation's gnuplot line type, one of the 40 that style.gp defines. Type 1 is
 * only for the ceiling. */
static int line_type(const struct album *album, const char *implementation)
{
	const json_t *family = document_family(album->report, album->sweep);
	const json_t *entry = document_implementation(family, implementation);
	const json_int_t color = json_integer_value(json_object_get(entry, "color"));

	return color > 0 ? (int)(2 + (color - 1) % 39) : 1;
}

void picture_add_series(
    const struct album *album, struct picture *picture, const char *implementation)
{
	const size_t used = strlen(picture->colours);

	snprintf(picture->colours + used, sizeof(picture->colours) - used, " %d",
	    line_type(album, implementation));
	fprintf(picture->out, "%s\"%s\"\n", picture->series++ ? "\n\n" : "", implementation);
}

void picture_add_row(struct picture *picture, double at, double value, double low, double high)
{
	fprintf(picture->out, "%.17g %.17g %.17g %.17g\n", at, value, isnan(low) ? value : low,
	    isnan(high) ? value : high);
}

/* Adds each name only once, because an implementation may fail at several points. */
void picture_name_failed(struct picture *picture, const char *implementation)
{
	char *longer;

	if (picture->failed && strstr(picture->failed, implementation))
		return;
	longer = format_text("%s%s%s", picture->failed ? picture->failed : "",
	    picture->failed ? ", " : "", implementation);
	free(picture->failed);
	picture->failed = longer;
}

void picture_name_failures(struct picture *picture, const json_t *point)
{
	const json_t *result;
	size_t i;

	json_array_foreach (json_object_get(point, "results"), i, result) {
		if (result_failed(result))
			picture_name_failed(picture, member_text(result, "implementation"));
	}
}

const char *album_values(const struct album *album, const json_t *ids, bool intervals)
{
	bool several = false, interval = false;
	const json_t *id, *result;
	size_t i, j;

	json_array_foreach (ids, i, id) {
		const json_t *point = document_point(album->sweep, json_string_value(id));

		json_array_foreach (json_object_get(point, "results"), j, result) {
			const json_t *value = json_object_get(result, "value");

			several |= json_integer_value(json_object_get(value, "rounds")) > 1;
			interval |= *measure_interval(value) != '\0';
		}
	}
	if (interval && intervals)
		return "median over rounds with its 95% interval";
	return several ? "median over rounds" : "one round";
}

static char *make_footer(
    const struct album *album, const struct picture *picture, const struct drawing *drawing)
{
	const json_t *machine = document_machine(album->report, album->sweep);

	return format_text("measured on %s; %s%s%s", member_text(machine, "name"), drawing->values,
	    picture->failed ? "; not drawn because they failed their checks: " : "",
	    picture->failed ? picture->failed : "");
}

int picture_draw(const struct album *album, struct picture *picture, const struct drawing *drawing,
    struct error *err)
{
	const char *label = member_text(album->sweep, "label");
	char data[PATH_MAX], output[PATH_MAX], series[16];
	char *footer = make_footer(album, picture, drawing);
	const char *arguments[5 + MAX_ARGUMENTS + 1] = {
	    data, output, drawing->title, series, footer};
	int ret;

	fclose(picture->out);
	picture->out = NULL;
	snprintf(output, sizeof(output), "%s/%s%s%s", album->dir, drawing->name, *label ? "-" : "",
	    label);
	snprintf(data, sizeof(data), "%.4000s.dat", output);
	snprintf(series, sizeof(series), "%u", picture->series);
	for (size_t i = 0; i < MAX_ARGUMENTS; i++)
		arguments[5 + i] = drawing->arguments[i];
	ret = file_write_whole(data, picture->data, picture->size, err) ||
	      gnuplot_draw(album->scripts, drawing->script, arguments, err);
	if (!ret)
		fprintf(album->log, "%s.svg\n%s.png\n", output, output);
	free(footer);
	return ret ? -1 : 0;
}
