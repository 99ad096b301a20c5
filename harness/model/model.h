/* SPDX-License-Identifier: MIT */
/* The groups and devices of one run, laid out so that no two of them share a cache line. */
#ifndef HARNESS_MODEL_MODEL_H
#define HARNESS_MODEL_MODEL_H

#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"
#include "impl.h"

struct model {
	const struct impl_ops *impl;
	size_t nr_groups;
	size_t nr_devices;
	size_t *first;           /* devices of group g: first[g] up to first[g + 1] */
	struct device **devices; /* by group */
	struct group **groups;
	void *group_memory; /* within the area, as is the next */
	void *device_memory;
	void *area;
	size_t area_bytes;
};

/* Builds the groups of `topology`, all devices added and unbound. 0, or -1 with the error set; then
 * nothing is left to destroy. */
int model_create(struct model *model, const struct impl_ops *impl, const struct topology *topology,
    struct error *err);

/* The same with the area at a multiple of `alignment` bytes, a power of two from BUS_ALIGN on, and
 * as many of those long: with the page's size, in pages of its own. */
int model_create_aligned(struct model *model, const struct impl_ops *impl,
    const struct topology *topology, size_t alignment, struct error *err);

/* Leaves one of no groups, which may be destroyed again. */
void model_destroy(struct model *model);

/* Which group of the model this is, from 0. */
size_t model_group_index(const struct model *model, const struct group *group);

/* Which device of the model this is, from 0. */
size_t model_device_index(const struct model *model, const struct device *dev);

/* Bytes that one group and one device take, the implementation's state included. */
size_t model_group_bytes(const struct impl_ops *impl);
size_t model_device_bytes(const struct impl_ops *impl);

/* Bytes that model_create() will take for all of them. */
double model_bytes(const struct impl_ops *impl, const struct topology *topology);

#endif
