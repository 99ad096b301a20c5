/* SPDX-License-Identifier: MIT */
/* Where the time of a profile goes: lines of the implementation, and functions anywhere. */
#ifndef HARNESS_PROFILE_HOT_LINES_H
#define HARNESS_PROFILE_HOT_LINES_H

#include "harness/profile/perf_script.h"

struct hot_lines;

/*
 * `top` is the directory of the sources, `file` the implementation's in it. A sample belongs to the
 * innermost line of that file on its stack, so that the time in a lock's library or in the kernel
 * is that of the line which called it; without one to the innermost line of ours, or to none. NULL:
 * no memory.
 */
struct hot_lines *hot_lines_create(const char *top, const char *file);
void hot_lines_destroy(struct hot_lines *hot);

/* For perf_script_read(); `hot` is a struct hot_lines. */
void hot_lines_add(void *hot, const struct perf_sample *sample);

size_t hot_lines_samples(const struct hot_lines *hot);

/* What the samples stand for together: events, nanoseconds of a clock. */
double hot_lines_weight(const struct hot_lines *hot);

/* What was sampled, as perf calls it: not always what it was asked for. NULL without samples. */
const char *hot_lines_event(const struct hot_lines *hot);

/* Two tables of at most `rows` lines each, with the share of all that was sampled. */
void hot_lines_print(FILE *out, struct hot_lines *hot, size_t rows);

/* A path without "." and ".." in it, below `top` if it is there; to be freed. */
char *source_path(const char *top, const char *path);

#endif
