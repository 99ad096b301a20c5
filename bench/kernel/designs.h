/* SPDX-License-Identifier: MIT */
/* The names of the designs in a module. */
#ifndef BENCH_KERNEL_DESIGNS_H
#define BENCH_KERNEL_DESIGNS_H

#include <stddef.h>

#include "bench/kernel/place.h"

struct kernel_designs {
	char *text; /* owns the names, which are separated by NUL */
	char **names;
	size_t nr;
};

/* Reads from a built module the names of the designs that match one of the comma-separated
 * `patterns`. A pattern is a name, the part of names before '<', or a shell pattern; NULL selects
 * all designs. Returns 0, or -1 with the error set and nothing to free. */
int kernel_designs_read(struct kernel_designs *designs, const struct kernel_place *place,
    const char *patterns, struct error *err);
void kernel_designs_free(struct kernel_designs *designs);

#endif
