/* SPDX-License-Identifier: MIT */
/* The groups and devices of one run, laid out so that no two of them share a cache line. */
#ifndef HARNESS_MODEL_MODEL_H
#define HARNESS_MODEL_MODEL_H

#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"
#include "impl.h"

/* A contiguous block of groups, followed by devices. */
struct model_part {
	char *groups;
	char *devices;
	size_t bytes; /* size of the groups and devices */
	size_t nr_groups;
	size_t nr_devices;
	size_t first_group;  /* groups in the parts before this one */
	size_t first_device; /* devices in the parts before this one */
};

struct model {
	const struct impl_ops *impl;
	size_t nr_groups;
	size_t nr_devices;
	size_t *first;           /* group g has the devices first[g] to first[g + 1] - 1 */
	struct device **devices; /* devices, sorted by group */
	struct group **groups;
	unsigned int nr_parts;
	struct model_part *parts;
	/* The numbers of the group and of the device at each place. Places are counted through all
	 * parts. NULL: the numbers are in order. */
	size_t *group_at;
	size_t *device_at;
	void *area; /* memory of all parts */
	size_t area_bytes;
};

/* Layout of groups and devices in memory: in one part, or in several, such as one for each
 * NUMA node. */
struct model_layout {
	/* Alignment of each part's start and size: a power of two, at least BUS_ALIGN. */
	size_t alignment;
	unsigned int nr_parts; /* 1: part_of() and enter() are not called */

	/* Returns the part of a group with the devices [first, end), or of a single device. */
	unsigned int (*part_of)(const void *arg, size_t first, size_t end);

	/* Makes pages that the caller touches first from now on belong to `part`. Returns 0, or -1
	 * with the error set. */
	int (*enter)(const void *arg, unsigned int part, struct error *err);
	const void *arg;
};

/* Builds the groups of `topology` in one part. All devices are added and unbound. Returns 0, or -1
 * with the error set; then there is nothing to destroy. */
int model_create(struct model *model, const struct impl_ops *impl, const struct topology *topology,
    struct error *err);

/* Builds the groups of `topology` in the given layout. Returns 0, or -1 with the error set; then
 * there is nothing to destroy. */
int model_create_in(struct model *model, const struct impl_ops *impl,
    const struct topology *topology, const struct model_layout *layout, struct error *err);

/* Destroys groups and devices. The model is then empty, and may be destroyed again. */
void model_destroy(struct model *model);

/* Returns the index of the group in the model, from 0. */
size_t model_group_index(const struct model *model, const struct group *group);

/* Returns the index of the device in the model, from 0. */
size_t model_device_index(const struct model *model, const struct device *dev);

/* Return the size of one group and of one device in bytes, the implementation's state included. */
size_t model_group_bytes(const struct impl_ops *impl);
size_t model_device_bytes(const struct impl_ops *impl);

/* Returns how many bytes model_create() allocates for the whole topology. */
double model_bytes(const struct impl_ops *impl, const struct topology *topology);

#endif
