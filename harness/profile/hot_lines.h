/* SPDX-License-Identifier: MIT */
/* Distribution of a profile's time: by source line of the implementation, and by function in any
 * binary. */
#ifndef HARNESS_PROFILE_HOT_LINES_H
#define HARNESS_PROFILE_HOT_LINES_H

#include "harness/profile/perf_script.h"

struct hot_lines;

/*
 * `top` is the source directory, `file` the implementation's source file relative to it. A sample
 * is charged to the innermost frame of that file on its stack. So time in a lock library or in the
 * kernel is charged to the line that called it. If no frame is in that file, the sample is charged
 * to the innermost frame below `top`, or else to the leaf function. Returns NULL if out of memory.
 */
struct hot_lines *hot_lines_create(const char *top, const char *file);
void hot_lines_destroy(struct hot_lines *hot);

/* Adds a sample. A callback for perf_script_read(); `hot` is a struct hot_lines. */
void hot_lines_add(void *hot, const struct perf_sample *sample);

size_t hot_lines_samples(const struct hot_lines *hot);

/* Returns the total weight of the samples: a number of events, or nanoseconds for a clock event. */
double hot_lines_weight(const struct hot_lines *hot);

/* Returns perf's name of the sampled event, or NULL without samples. perf may have fallen back to
 * another event than the requested one. */
const char *hot_lines_event(const struct hot_lines *hot);

/* Prints the tables of lines and of functions, at most `rows` rows each. Percentages are of the
 * total weight. */
void hot_lines_print(FILE *out, struct hot_lines *hot, size_t rows);

/* Returns the path without "." and "..", relative to `top` if it is below it. The caller frees it;
 * NULL if out of memory. */
char *source_path(const char *top, const char *path);

#endif
