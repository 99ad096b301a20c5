/* SPDX-License-Identifier: MIT */
/* Functions that all pictures of a sweep share: for data, colours, the footer, and running
 * gnuplot. */
#ifndef HARNESS_SHOW_PLOT_PICTURE_H
#define HARNESS_SHOW_PLOT_PICTURE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/error.h"

/* The sweep to draw, and where to write its pictures. All members are borrowed. */
struct album {
	const char *dir;
	const char *scripts;
	FILE *log;
	const json_t *report;
	const json_t *sweep; /* one of the report's sweeps */
};

/* A picture under construction. */
struct picture {
	FILE *out; /* stream that writes gnuplot's input to `data` */
	char *data;
	size_t size;
	char *failed; /* names of the implementations that failed and are not drawn; NULL: none */
	unsigned int series;
	char colours[1024]; /* gnuplot line types of the series: "1 2 4" */
	char ceiling[32];   /* the ceiling's value in a bar chart */
};

/* The style of a picture. */
struct drawing {
	const char *script;
	const char *name; /* file name without the machine and the extension */
	const char *title;
	const char *values; /* description of the values, for the footer */
	/* The script's own arguments, after the common ones; NULL ends them. */
	const char *arguments[4];
};

/* Runs a gnuplot script from the directory `scripts`. At most 9 arguments, terminated by NULL.
 * Returns 0, or -1 with the error set. */
int gnuplot_draw(
    const char *scripts, const char *script, const char *const *arguments, struct error *err);

void picture_start(struct picture *picture);
void picture_end(struct picture *picture);

/* Starts a curve in the implementation's colour. */
void picture_add_series(
    const struct album *album, struct picture *picture, const char *implementation);

/* Adds a row to the curve: the position on the axis, the value, and its interval. An end of the
 * interval that is NAN is replaced by the value. */
void picture_add_row(struct picture *picture, double at, double value, double low, double high);

/* Adds all implementations that failed at a point to the footer's list of those that are not
 * drawn. */
void picture_name_failures(struct picture *picture, const json_t *point);

/* Adds an implementation to the footer's list of those that are not drawn. */
void picture_name_failed(struct picture *picture, const char *implementation);

/* Writes the data, draws the picture and prints its paths. Returns 0, or -1 with the error set. */
int picture_draw(const struct album *album, struct picture *picture, const struct drawing *drawing,
    struct error *err);

/* Returns a description of the values at these points, such as "median over rounds with its 95%
 * interval". `intervals` is whether the picture draws intervals. */
const char *album_values(const struct album *album, const json_t *ids, bool intervals);

/* Prints the law's coefficients to the log, or why it is not fitted. Draws the law if it was fitted
 * to any implementation. Returns 0, or -1 with the error set. */
int plot_scaling(const struct album *album, const json_t *law, struct error *err);

#endif
