/* SPDX-License-Identifier: MIT */
/* A topology is a set of IOMMU groups and their devices: a uniform one, this machine's, or one read
 * from a listing. results/topologies/README.md describes which listings can be parsed. */
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
	char *name; /* file name of the listing up to its first dot, or "sysfs", or "uniform" */
	struct topology_group *groups; /* sorted by id; all have devices */
	size_t nr_groups;
	size_t nr_devices;           /* in all groups */
	size_t largest;              /* number of devices in the largest group */
	unsigned long skipped;       /* lines that do not belong to the listing */
	unsigned long first_skipped; /* number of the first such line, from 1 */
};

/* Functions that fill in a topology return 0, or -1 with the error set and nothing left to free. */

/* Loads the listing in a file, or on standard input ("-"), or this machine's groups ("sysfs"). */
int topology_load(const char *path, struct topology *t, struct error *err);

/* Parses an open listing. Errors name it by `file`. */
int topology_parse(const char *file, FILE *listing, struct topology *t, struct error *err);

/* Reads a directory with the structure of /sys/kernel/iommu_groups. */
int topology_from_sysfs(const char *root, struct topology *t, struct error *err);

/* Makes `groups` groups of `devices` nameless devices each. */
int topology_uniform(size_t groups, size_t devices, struct topology *t, struct error *err);

/* Writes a listing that topology_parse() can read. All devices must have names. Returns 0, or -1
 * with errno set. */
int topology_write(FILE *out, const struct topology *t);

void topology_free(struct topology *t);

#endif
