/* SPDX-License-Identifier: MIT */
#include "harness/model/model.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/aligned.h"
#include "harness/model/bus.h"

size_t model_group_bytes(const struct impl_ops *impl)
{
	return aligned_size(offsetof(struct bus_group, group.state) + impl->group_size, BUS_ALIGN);
}

size_t model_device_bytes(const struct impl_ops *impl)
{
	return aligned_size(offsetof(struct bus_device, dev.state) + impl->device_size, BUS_ALIGN);
}

double model_bytes(const struct impl_ops *impl, const struct topology *topology)
{
	return (double)topology->nr_groups *
	           (double)(model_group_bytes(impl) + sizeof(struct group *) + sizeof(size_t)) +
	       (double)topology->nr_devices *
	           (double)(model_device_bytes(impl) + sizeof(struct device *));
}

size_t model_group_index(const struct model *model, const struct group *group)
{
	size_t offset = (size_t)((const char *)group - (const char *)model->group_memory);

	return offset / model_group_bytes(model->impl);
}

size_t model_device_index(const struct model *model, const struct device *dev)
{
	size_t offset = (size_t)((const char *)dev - (const char *)model->device_memory);

	return offset / model_device_bytes(model->impl);
}

static void free_memory(struct model *model)
{
	free(model->first);
	free(model->devices);
	free(model->groups);
	free(model->area);
}

/* One area for groups and devices. 0 bytes: it would be too large. */
static size_t area_bytes(const struct model *model, size_t alignment)
{
	size_t groups, devices, bytes;

	if (__builtin_mul_overflow(model->nr_groups, model_group_bytes(model->impl), &groups) ||
	    __builtin_mul_overflow(model->nr_devices, model_device_bytes(model->impl), &devices) ||
	    __builtin_add_overflow(groups, devices, &bytes) ||
	    __builtin_add_overflow(bytes, alignment - 1, &bytes))
		return 0;
	return bytes / alignment * alignment;
}

static int alloc_memory(struct model *model, size_t alignment, struct error *err)
{
	model->first = calloc(model->nr_groups + 1, sizeof(*model->first));
	model->groups = calloc(model->nr_groups, sizeof(struct group *));
	model->devices = calloc(model->nr_devices, sizeof(struct device *));
	model->area_bytes = area_bytes(model, alignment);
	if (model->area_bytes)
		model->area = aligned_zeroed(model->area_bytes, alignment);
	if (model->first && model->groups && model->devices && model->area) {
		model->group_memory = model->area;
		model->device_memory =
		    (char *)model->area + model->nr_groups * model_group_bytes(model->impl);
		return 0;
	}
	free_memory(model);
	error_set(err, "not enough memory for %zu groups with %zu devices", model->nr_groups,
	    model->nr_devices);
	return -1;
}

static void add_device(struct model *model, size_t group, size_t device)
{
	char *memory = (char *)model->device_memory + device * model_device_bytes(model->impl);
	struct bus_device *bus_dev = (struct bus_device *)memory;

	pthread_mutex_init(&bus_dev->lock, NULL);
	bus_dev->dev.group = model->groups[group];
	model->devices[device] = &bus_dev->dev;
	model->impl->device_add(model->groups[group], &bus_dev->dev);
}

static int init_group(struct model *model, size_t g)
{
	char *memory = (char *)model->group_memory + g * model_group_bytes(model->impl);
	struct bus_group *bus_group = (struct bus_group *)memory;

	LIST_INIT(&bus_group->group.devices);
	model->groups[g] = &bus_group->group;
	return model->impl->group_init ? model->impl->group_init(model->groups[g]) : 0;
}

static void destroy_group(struct model *model, size_t g)
{
	for (size_t d = model->first[g]; d < model->first[g + 1]; d++) {
		model->impl->device_remove(model->groups[g], model->devices[d]);
		pthread_mutex_destroy(&to_bus_device(model->devices[d])->lock);
	}
	if (model->impl->group_destroy)
		model->impl->group_destroy(model->groups[g]);
}

void model_destroy(struct model *model)
{
	for (size_t g = 0; g < model->nr_groups; g++)
		destroy_group(model, g);
	free_memory(model);
	*model = (struct model){0};
}

int model_create(struct model *model, const struct impl_ops *impl, const struct topology *topology,
    struct error *err)
{
	return model_create_aligned(model, impl, topology, BUS_ALIGN, err);
}

int model_create_aligned(struct model *model, const struct impl_ops *impl,
    const struct topology *topology, size_t alignment, struct error *err)
{
	size_t device = 0;

	*model = (struct model){
	    .impl = impl,
	    .nr_groups = topology->nr_groups,
	    .nr_devices = topology->nr_devices,
	};
	if (alloc_memory(model, alignment, err))
		return -1;
	for (size_t g = 0; g < topology->nr_groups; g++) {
		int ret = init_group(model, g);

		if (ret) {
			model->nr_groups = g;
			model_destroy(model);
			return error_set(err, "group_init: %s", strerror(-ret));
		}
		for (size_t d = 0; d < topology->groups[g].nr_devices; d++)
			add_device(model, g, device++);
		model->first[g + 1] = device;
	}
	return 0;
}
