/* SPDX-License-Identifier: MIT */
/* What the pictures of a sweep share, whatever they show. */
#ifndef HARNESS_RESULTS_PLOT_PICTURE_H
#define HARNESS_RESULTS_PLOT_PICTURE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/error.h"
#include "harness/results/axis.h"
#include "harness/results/histograms.h"
#include "harness/results/sweep.h"

/* What the pictures of one sweep have in common; all of it is the caller's. */
struct album {
	const char *dir;
	const char *scripts;
	const json_t *environment; /* NULL: unknown */
	const json_t *catalogue;   /* of the workloads; NULL: unknown */
	const struct sweep *sweep;
	const struct histograms *histograms;
	FILE *log;
};

/* One picture while it is put together. */
struct picture {
	const struct sweep_point *first; /* its points agree with this one but for the axis */
	const struct axis *axis;         /* NULL: bars, or one point of the sweep */
	FILE *out;                       /* the data, for gnuplot */
	char *data;
	size_t size;
	char *failed; /* names of what is not drawn; NULL: none */
	bool grown;   /* some points have more devices than the first, one for each thread */
	unsigned int series;
	char colours[1024]; /* of the series, for gnuplot: "1 2 4" */
};

/* How a picture is drawn. */
struct drawing {
	const char *script;
	const char *name;         /* of its files, without the ending */
	const char *what;         /* in its title, in front of the conditions; NULL: nothing */
	const char *values;       /* what is drawn, for its foot */
	const char *arguments[4]; /* of the script, behind those that all have; NULL: no more */
};

void picture_start(struct picture *picture);
void picture_end(struct picture *picture);

/* Begins a curve in the data. `place`, among album_impls(), gives its colour. */
void picture_add_series(struct picture *picture, const char *impl, size_t place);

/* Names a point below the picture, as not drawn. */
void picture_name_failed(struct picture *picture, const struct sweep_point *point);

/* Writes the data and has it drawn; prints the paths. 0, or -1 with the error set. */
int picture_draw(const struct album *album, struct picture *picture, const struct drawing *drawing,
    struct error *err);

/* The point of `like`'s workload and machine from which most values of the axis can be seen;
 * NULL: none sees two. */
const struct sweep_point *picture_first(
    const struct sweep *sweep, const struct sweep_point *like, const struct axis *axis);

/* The points of one implementation that passed, in the order of the axis; those that failed are
 * named. To be freed. */
const struct sweep_point **picture_curve(
    struct picture *picture, const struct sweep *sweep, const char *impl, size_t *nr);

/* "2 threads, 1 group of 8 devices, path ops, hold 0, gap 0"; to be freed. */
char *picture_conditions(const struct album *album, const struct picture *picture);

/* In one order in all pictures, so that a name keeps its colour: the ceiling, then by name. */
const char **album_impls(const struct sweep *sweep, size_t *nr);

/* For the foot, of the repetitions that the picture's workload has: "median of 3 repetitions with
 * their range". */
struct picture_words {
	char s[200];
};
struct picture_words picture_medians(const struct album *album, const struct picture *picture);

/* The fewest and most repetitions of runs that passed, of the point's workload and machine. */
struct picture_repetitions {
	size_t fewest;
	size_t most;
};
struct picture_repetitions picture_repetitions(
    const struct sweep *sweep, const struct sweep_point *like);

/* "share-threads", with the machine behind it where sweeps were merged. */
struct picture_name {
	char s[512];
};
struct picture_name picture_name(const struct sweep_point *point, const char *what);

/* Whether two points are of the same workload, and of the same machine. */
bool picture_same_workload(const struct sweep_point *a, const struct sweep_point *b);

/* CPUs that the machine of the point could use; 0: unknown. */
unsigned int album_cpus(const struct album *album, const struct sweep_point *point);

#endif
