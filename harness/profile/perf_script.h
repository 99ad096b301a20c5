/* SPDX-License-Identifier: MIT */
/* What `perf script` prints of a recording, one sample after the other. */
#ifndef HARNESS_PROFILE_PERF_SCRIPT_H
#define HARNESS_PROFILE_PERF_SCRIPT_H

#include <stdio.h>

#include "harness/error.h"

enum { PERF_FRAMES_MAX = 256 };

/* A function on the stack, inlined ones included. */
struct perf_frame {
	unsigned long long address;
	const char *function; /* "[unknown]" where perf does not know it */
	const char *binary;   /* path, in brackets the kernel and its modules; a guess without / */
	const char *file;     /* NULL: unknown */
	unsigned int line;    /* 0: unknown */
};

struct perf_sample {
	const char *event;
	double weight; /* its period: events that it stands for, nanoseconds of a clock */
	size_t nr;
	struct perf_frame frames[PERF_FRAMES_MAX]; /* the innermost first; outer ones may be cut */
};

/* The arguments for perf behind "script -i FILE", up to a NULL. */
extern const char *const perf_script_arguments[];

/* Calls `each` for every sample, which lasts as long as the call. 0, or -1 with an error that names
 * the line. */
int perf_script_read(FILE *in, void (*each)(void *arg, const struct perf_sample *sample), void *arg,
    struct error *err);

#endif
