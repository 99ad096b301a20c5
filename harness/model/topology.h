/* SPDX-License-Identifier: MIT */
/*
 * Which device is in which group: of a uniform shape, of this machine, or of another machine as its
 * owner posted it. results/topologies/README.md describes the listings that are understood.
 */
#ifndef HARNESS_MODEL_TOPOLOGY_H
#define HARNESS_MODEL_TOPOLOGY_H

#include <stddef.h>
#include <stdio.h>

#include "harness/error.h"

struct topology_group {
	unsigned int id;
	size_t nr_devices;
	char **devices; /* "0000:00:1f.0", by name; NULL in a uniform topology */
};

struct topology {
	char *name; /* the listing's file name up to its first dot, "sysfs" or "uniform" */
	struct topology_group *groups; /* by id; none is empty */
	size_t nr_groups;
	size_t nr_devices; /* of all groups */
	size_t largest;    /* devices of the largest group */
	/* Lines that are plainly no part of a listing, and the number of the first, from 1. */
	unsigned long skipped, first_skipped;
};

/*
 * All return 0, or -1 with the error set; then there is nothing to free.
 */

/* A file with a listing, "-" for one on standard input, or "sysfs" for this machine's groups. */
int topology_load(const char *path, struct topology *t, struct error *err);

/* An open listing; `file` is what errors call it. */
int topology_parse(const char *file, FILE *listing, struct topology *t, struct error *err);

/* A tree such as /sys/kernel/iommu_groups. */
int topology_from_sysfs(const char *root, struct topology *t, struct error *err);

/* `groups` groups with `devices` nameless devices each. */
int topology_uniform(size_t groups, size_t devices, struct topology *t, struct error *err);

/* A listing that topology_parse() reads back. All devices need names. 0, or -1 with errno set. */
int topology_write(FILE *out, const struct topology *t);

void topology_free(struct topology *t);

#endif
