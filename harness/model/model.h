/* SPDX-License-Identifier: MIT */
/* The groups and devices of one run, laid out so that no two of them share a cache line. */
#ifndef HARNESS_MODEL_MODEL_H
#define HARNESS_MODEL_MODEL_H

#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"
#include "impl.h"

/* Groups, and behind them devices, in memory of their own. */
struct model_part {
	char *groups;
	char *devices;
	size_t bytes; /* of both */
	size_t nr_groups;
	size_t nr_devices;
	size_t first_group; /* so many are in the parts before */
	size_t first_device;
};

struct model {
	const struct impl_ops *impl;
	size_t nr_groups;
	size_t nr_devices;
	size_t *first;           /* devices of group g: first[g] up to first[g + 1] */
	struct device **devices; /* by group */
	struct group **groups;
	unsigned int nr_parts;
	struct model_part *parts;
	size_t
	    *group_at; /* which is at each place, from part to part; NULL: as they are numbered */
	size_t *device_at;
	void *area; /* of all parts */
	size_t area_bytes;
};

/* How groups and devices are laid out: in one part, or say in one for each NUMA node. */
struct model_layout {
	size_t alignment; /* of each part's begin and length: a power of two from BUS_ALIGN on */
	unsigned int nr_parts; /* 1: neither function is called */

	/* Which part a group of the devices from `first` up to `end` is in; or one device. */
	unsigned int (*part_of)(const void *arg, size_t first, size_t end);

	/* What the caller touches first from here on is of this part. 0, or -1 with the error set.
	 */
	int (*enter)(const void *arg, unsigned int part, struct error *err);
	const void *arg;
};

/* Builds the groups of `topology`, all devices added and unbound. 0, or -1 with the error set; then
 * nothing is left to destroy. */
int model_create(struct model *model, const struct impl_ops *impl, const struct topology *topology,
    struct error *err);

/* The same, laid out as asked; model_create() has one part and shares no cache line. */
int model_create_in(struct model *model, const struct impl_ops *impl,
    const struct topology *topology, const struct model_layout *layout, struct error *err);

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
