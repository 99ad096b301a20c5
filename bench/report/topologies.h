/* SPDX-License-Identifier: MIT */
/* The groups of real machines, as their owners posted them: results/topologies. */
#ifndef BENCH_REPORT_TOPOLOGIES_H
#define BENCH_REPORT_TOPOLOGIES_H

#include <jansson.h>

#include "harness/model/topology.h"

/* By name. */
struct topologies {
	struct topology *each;
	char **paths;
	size_t nr;
	size_t nr_groups;
	size_t *sizes; /* devices of each group of all machines, ascending */
	size_t largest;
	size_t median;
};

/* All listings of results/topologies. 0, or -1 with the error set. */
int topologies_load(struct topologies *t, struct error *err);
void topologies_free(struct topologies *t);

/* Returns how many groups of all machines have at least this number of devices. */
size_t topologies_groups_of(const struct topologies *t, size_t devices);

/* {"machines": [{"name", "file", "groups", "devices", "largest", "median", "sizes": [[devices,
 * groups], ..]}, ..], "all": {the same}}. A new reference. */
json_t *topologies_json(const struct topologies *t);

/* The same as a table. */
void topologies_print(FILE *out, const struct topologies *t);

/* What was understood of one listing: {"name", "groups", .., "skipped", "members": [{"group",
 * "devices": [name, ..]}, ..]}. A new reference. */
json_t *listing_json(const struct topology *t);

/* The same as text. */
void listing_print(FILE *out, const struct topology *t);

/* Says on stderr how many lines of the listing were skipped, if any, for `command`. */
void listing_say_skipped(const struct topology *t, const char *command);

#endif
