/* SPDX-License-Identifier: MIT */
/* What the pictures of a sweep share, whatever they show. */
#ifndef HARNESS_SHOW_PLOT_PICTURE_H
#define HARNESS_SHOW_PLOT_PICTURE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/error.h"

/* What the pictures of one sweep have in common; all of it is borrowed. */
struct album {
	const char *dir;
	const char *scripts;
	FILE *log;
	const json_t *report;
	const json_t *sweep; /* of the report */
};

/* One picture while it is put together. */
struct picture {
	FILE *out; /* the data, for gnuplot */
	char *data;
	size_t size;
	char *failed; /* names of what is not drawn; NULL: none */
	unsigned int series;
	char colours[1024]; /* of the series, for gnuplot: "1 2 4" */
	char ceiling[32];   /* of bars: its value */
};

/* How a picture is drawn. */
struct drawing {
	const char *script;
	const char *name; /* of its files, without the machine and the ending */
	const char *title;
	const char *values;       /* what is drawn, for its foot */
	const char *arguments[4]; /* of the script, behind those that all have; NULL: no more */
};

/* Runs a script of the folder with arguments, up to a NULL, at most 9. 0, or -1 with the error set.
 */
int gnuplot_draw(
    const char *scripts, const char *script, const char *const *arguments, struct error *err);

void picture_start(struct picture *picture);
void picture_end(struct picture *picture);

/* Begins a curve of the data, in the colour of the implementation. */
void picture_add_series(
    const struct album *album, struct picture *picture, const char *implementation);

/* Adds a row of a curve: where on the axis, the value, and its interval. An end that is NAN is
 * drawn at the value. */
void picture_add_row(struct picture *picture, double at, double value, double low, double high);

/* Names what failed at a point below the picture, as not drawn. */
void picture_name_failures(struct picture *picture, const json_t *point);

/* Names an implementation below the picture, as not drawn. */
void picture_name_failed(struct picture *picture, const char *implementation);

/* Writes the data and has it drawn; prints the paths. Returns 0, or -1 with the error set. */
int picture_draw(const struct album *album, struct picture *picture, const struct drawing *drawing,
    struct error *err);

/* "median over rounds with its 95% interval": of the results of these points. `intervals`: they are
 * drawn. */
const char *album_values(const struct album *album, const json_t *ids, bool intervals);

/* Prints the coefficients of the law, or why it is not fitted, on the log; and draws it where it
 * was fitted to some implementation. Returns 0, or -1 with the error set. */
int plot_scaling(const struct album *album, const json_t *law, struct error *err);

#endif
