/* SPDX-License-Identifier: MIT */
/* A parser for the output of `perf script`, one sample at a time. */
#ifndef HARNESS_PROFILE_PERF_SCRIPT_H
#define HARNESS_PROFILE_PERF_SCRIPT_H

#include <stdio.h>

#include "harness/error.h"

enum { PERF_FRAMES_MAX = 256 };

/* A function on the stack; it may be inlined. */
struct perf_frame {
	unsigned long long address;
	const char *function; /* "[unknown]" if perf cannot resolve it */
	const char *binary;   /* path, "[kernel.kallsyms]" or "[module]"; a guess has no '/' */
	const char *file;     /* NULL: unknown */
	unsigned int line;    /* 0: unknown */
};

struct perf_sample {
	const char *event;
	double weight; /* perf's period: a number of events, or nanoseconds for a clock event */
	size_t nr;
	struct perf_frame frames[PERF_FRAMES_MAX]; /* innermost first; if there are too many, outer
	                                              ones are dropped */
};

/* Arguments to append to "perf script -i FILE", terminated by NULL. They produce the format that
 * the parser expects. */
extern const char *const perf_script_arguments[];

/* Calls `each` for every sample. The sample is valid only during the call. Returns 0, or -1 with an
 * error that names the line. */
int perf_script_read(FILE *in, void (*each)(void *arg, const struct perf_sample *sample), void *arg,
    struct error *err);

#endif
