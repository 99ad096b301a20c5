/* SPDX-License-Identifier: MIT */
/* Under what a run was made, beside its place: what is a default is not in its name. */
#ifndef HARNESS_RESULTS_CONDITIONS_H
#define HARNESS_RESULTS_CONDITIONS_H

#include <jansson.h>

#include "harness/results/sweep.h"

/*
 * "ops" or "probe": which part of a probe and remove the run was made of; NULL where its family has
 * but one, or it is not known. `catalogue` is what `ownbench list --json` prints, which has each
 * workload's default; NULL: unknown. Static text.
 */
const char *conditions_path(const struct sweep_point *point, const json_t *catalogue);

struct conditions {
	char s[160];
};

/* "path ops, hold 0, gap 100 ns, zipf:1"; `path` as above. Without the topology, which is a place.
 */
struct conditions conditions_of(const struct sweep_point *point, const char *path);

#endif
