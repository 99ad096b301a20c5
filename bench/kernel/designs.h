/* SPDX-License-Identifier: MIT */
/* The names of the designs in a module. */
#ifndef BENCH_KERNEL_DESIGNS_H
#define BENCH_KERNEL_DESIGNS_H

#include <stddef.h>

#include "bench/kernel/place.h"

struct kernel_designs {
	char *text; /* the names, each with a NUL behind it */
	char **names;
	size_t nr;
};

/*
 * The designs of a built module that match one of `patterns`, with commas between: names, a name
 * before '<', or a pattern of the shell. NULL: all. 0, or -1 with the error set; then there is
 * nothing to free.
 */
int kernel_designs_read(struct kernel_designs *designs, const struct kernel_place *place,
    const char *patterns, struct error *err);
void kernel_designs_free(struct kernel_designs *designs);

#endif
