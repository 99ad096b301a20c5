/* SPDX-License-Identifier: MIT */
/* The groups of real machines, from the published listings in results/topologies. */
#ifndef BENCH_REPORT_TOPOLOGIES_H
#define BENCH_REPORT_TOPOLOGIES_H

#include <jansson.h>

#include "harness/model/topology.h"

/* The parsed listings, sorted by name. */
struct topologies {
	struct topology *each;
	char **paths;
	size_t nr;
	size_t nr_groups;
	size_t *sizes; /* the number of devices of each group, over all machines, ascending */
	size_t largest;
	size_t median;
};

/* Loads all listings of results/topologies. Returns 0, or -1 with the error set. */
int topologies_load(struct topologies *t, struct error *err);
void topologies_free(struct topologies *t);

/* Returns how many groups of all machines have at least this number of devices. */
size_t topologies_groups_of(const struct topologies *t, size_t devices);

/* Returns {"machines": [{"name", "file", "groups", "devices", "largest", "median", "sizes":
 * [[devices, groups], ..]}, ..], "all": {"groups", .., "sizes"}} as a new reference. */
json_t *topologies_json(const struct topologies *t);

/* Prints the statistics of topologies_json() as a table. */
void topologies_print(FILE *out, const struct topologies *t);

/* Returns the parsed listing as a new reference: {"name", "groups", .., "skipped", "members":
 * [{"group", "devices": [name, ..]}, ..]}. */
json_t *listing_json(const struct topology *t);

/* Prints the parsed listing as text. */
void listing_print(FILE *out, const struct topology *t);

/* Reports on stderr how many lines of the listing were skipped, if any. `command` is the name of
 * the running command. */
void listing_say_skipped(const struct topology *t, const char *command);

#endif
