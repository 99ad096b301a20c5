/* SPDX-License-Identifier: MIT */
/* The slices that repetitions were cut into, and those of them that were set aside as disturbed. */
#ifndef HARNESS_REPORT_SLICES_H
#define HARNESS_REPORT_SLICES_H

#include "harness/record/sweep.h"

struct slices {
	double total;
	double set_aside;
};

void slices_add(struct slices *slices, const struct sweep_run *run);

/* A measure in percent; null: none was cut. A new reference. */
json_t *slices_set_aside_json(const struct slices *slices);

#endif
