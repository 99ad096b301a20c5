/* SPDX-License-Identifier: MIT */
/* Distribution of a profile's time over the source lines of the implementation, and over the
 * functions of all binaries. */
#ifndef HARNESS_PROFILE_HOT_LINES_H
#define HARNESS_PROFILE_HOT_LINES_H

#include "harness/profile/perf_script.h"

struct hot_lines;

/*
 * `top` is the source directory, and `file` the implementation's source file relative to it. A
 * sample is charged to the innermost frame of `file` on its stack, so that time in a lock library
 * or in the kernel is charged to the line that called it. A stack without such a frame is charged
 * to its innermost frame below `top`, or else to its leaf function. Returns NULL if out of memory.
 */
struct hot_lines *hot_lines_create(const char *top, const char *file);
void hot_lines_destroy(struct hot_lines *hot);

/* Adds a sample to `hot`, a struct hot_lines. A callback for perf_script_read(). */
void hot_lines_add(void *hot, const struct perf_sample *sample);

size_t hot_lines_samples(const struct hot_lines *hot);

/* Returns the total weight of the samples: a number of events, or nanoseconds for a clock event. */
double hot_lines_weight(const struct hot_lines *hot);

/* Returns perf's name of the sampled event, or NULL if there is no sample. If the requested event
 * is not available, perf samples another one. */
const char *hot_lines_event(const struct hot_lines *hot);

/* Prints the tables of lines and of functions, at most `rows` rows each. Percentages are of the
 * total weight. */
void hot_lines_print(FILE *out, struct hot_lines *hot, size_t rows);

/* Returns the path with "." and ".." resolved, and relative to `top` if it lies below `top`. The
 * caller frees it. Returns NULL if out of memory. */
char *source_path(const char *top, const char *path);

#endif
