/* SPDX-License-Identifier: MIT */
/* The groups and devices of a run. No two of them share a cache line. */
#ifndef HARNESS_MODEL_MODEL_H
#define HARNESS_MODEL_MODEL_H

#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"
#include "impl.h"

/* A contiguous block of memory with groups, followed by devices. */
struct model_part {
	char *groups;
	char *devices;
	size_t bytes; /* total size of the groups and devices */
	size_t nr_groups;
	size_t nr_devices;
	size_t first_group;  /* number of groups in earlier parts */
	size_t first_device; /* number of devices in earlier parts */
};

struct model {
	const struct impl_ops *impl;
	size_t nr_groups;
	size_t nr_devices;
	size_t *first;           /* group g has devices first[g] to first[g + 1] - 1 */
	struct device **devices; /* sorted by group */
	struct group **groups;
	unsigned int nr_parts;
	struct model_part *parts;
	/* Which group or device is at each place in memory. Places are numbered across all parts.
	 * NULL: the order in memory is the order of the numbers. */
	size_t *group_at;
	size_t *device_at;
	void *area; /* memory of all parts */
	size_t area_bytes;
};

/* Where groups and devices are placed in memory: in one part, or in several, such as one per NUMA
 * node. */
struct model_layout {
	/* Alignment of the start and size of each part: a power of two, at least BUS_ALIGN. */
	size_t alignment;
	unsigned int nr_parts; /* if 1, part_of() and enter() are not called */

	/* Returns the part for the group with the devices [first, end), or for a single device. */
	unsigned int (*part_of)(const void *arg, size_t first, size_t end);

	/* Pages that the caller touches first after this call belong to `part`. Returns 0, or -1
	 * with the error set. */
	int (*enter)(const void *arg, unsigned int part, struct error *err);
	const void *arg;
};

/* Creates the topology's groups in one part, with all devices added and unbound. Returns 0, or -1
 * with the error set and nothing left to destroy. */
int model_create(struct model *model, const struct impl_ops *impl, const struct topology *topology,
    struct error *err);

/* Like model_create(), but in the given layout. */
int model_create_in(struct model *model, const struct impl_ops *impl,
    const struct topology *topology, const struct model_layout *layout, struct error *err);

/* Destroys groups and devices, and leaves an empty model, which may be destroyed again. */
void model_destroy(struct model *model);

/* Returns the number of the group in the model, from 0. */
size_t model_group_index(const struct model *model, const struct group *group);

/* Returns the number of the device in the model, from 0. */
size_t model_device_index(const struct model *model, const struct device *dev);

/* Return the size of a group or device in bytes, including the implementation's state. */
size_t model_group_bytes(const struct impl_ops *impl);
size_t model_device_bytes(const struct impl_ops *impl);

/* Returns how many bytes model_create() would allocate for the topology. */
double model_bytes(const struct impl_ops *impl, const struct topology *topology);

#endif
