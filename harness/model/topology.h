/* SPDX-License-Identifier: MIT */
/* A topology is a set of IOMMU groups with their devices: a uniform one, this machine's, or another
 * machine's, read from a listing. results/topologies/README.md describes the listings that can be
 * parsed. */
#ifndef HARNESS_MODEL_TOPOLOGY_H
#define HARNESS_MODEL_TOPOLOGY_H

#include <stddef.h>
#include <stdio.h>

#include "harness/error.h"

struct topology_group {
	unsigned int id;
	size_t nr_devices;
	char **devices; /* names such as "0000:00:1f.0", sorted; NULL in a uniform topology */
};

struct topology {
	char *name; /* the listing's file name up to its first dot, "sysfs" or "uniform" */
	struct topology_group *groups; /* sorted by id; none is empty */
	size_t nr_groups;
	size_t nr_devices;           /* number of devices in all groups */
	size_t largest;              /* number of devices in the largest group */
	unsigned long skipped;       /* number of lines that clearly do not belong to a listing */
	unsigned long first_skipped; /* line number of the first skipped line, from 1 */
};

/* The functions that fill in a topology return 0, or -1 with the error set; then there is nothing
 * to free. */

/* Loads a file with a listing, "-" for standard input, or "sysfs" for this machine's groups. */
int topology_load(const char *path, struct topology *t, struct error *err);

/* Parses an open listing. `file` is its name in errors. */
int topology_parse(const char *file, FILE *listing, struct topology *t, struct error *err);

/* Reads a directory such as /sys/kernel/iommu_groups. */
int topology_from_sysfs(const char *root, struct topology *t, struct error *err);

/* Makes `groups` groups of `devices` devices each, without names. */
int topology_uniform(size_t groups, size_t devices, struct topology *t, struct error *err);

/* Writes a listing that topology_parse() can read. All devices need names. Returns 0, or -1 with
 * errno set. */
int topology_write(FILE *out, const struct topology *t);

void topology_free(struct topology *t);

#endif
