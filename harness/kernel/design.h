/* SPDX-License-Identifier: MIT */
/* The designs in the module. instance.c, compiled once for each design's file, defines them. */
#ifndef HARNESS_KERNEL_DESIGN_H
#define HARNESS_KERNEL_DESIGN_H

#include "harness/kernel/workload.h"

struct design {
	const char *name;
	const char *file;
	const struct impl_ops *ops;
	bool set_up; /* ops->setup() has succeeded, and must not be called again */

	/* The workloads' loops at depth ops, with the design's operations inlined. */
	const struct workload_loops *loops;
};

/* All designs. The build generates the list from the files of impl/. */
extern struct design *const designs[];
extern const unsigned int nr_designs;

#endif
