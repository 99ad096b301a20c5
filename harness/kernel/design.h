/* SPDX-License-Identifier: MIT */
/* The designs in the module. Each is defined by one compilation of instance.c. */
#ifndef HARNESS_KERNEL_DESIGN_H
#define HARNESS_KERNEL_DESIGN_H

#include "harness/kernel/workload.h"

struct design {
	const char *name;
	const char *file;
	const struct impl_ops *ops;
	bool set_up; /* ops->setup() has succeeded; it must not be called again */

	/* The workloads' loops at depth ops, with this design's operations inlined. */
	const struct workload_loops *loops;
};

/* All designs. The build generates this array from the files in impl/. */
extern struct design *const designs[];
extern const unsigned int nr_designs;

#endif
