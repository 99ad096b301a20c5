/* SPDX-License-Identifier: MIT */
#include "harness/model/model.h"

#include <stdbool.h>
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

/* -- places: positions of groups and devices in memory, numbered from part to part -- */

static size_t number_at(const size_t *at, size_t place)
{
	return at ? at[place] : place;
}

static const struct model_part *part_holding(const struct model *model, const char *p)
{
	const struct model_part *part = &model->parts[model->nr_parts - 1];

	while (p < part->groups)
		part--;
	return part;
}

size_t model_group_index(const struct model *model, const struct group *group)
{
	const struct model_part *part = part_holding(model, (const char *)group);
	const size_t offset = (size_t)((const char *)group - part->groups);

	return number_at(
	    model->group_at, part->first_group + offset / model_group_bytes(model->impl));
}

size_t model_device_index(const struct model *model, const struct device *dev)
{
	const struct model_part *part = part_holding(model, (const char *)dev);
	const size_t offset = (size_t)((const char *)dev - part->devices);

	return number_at(
	    model->device_at, part->first_device + offset / model_device_bytes(model->impl));
}

static struct model_part *part_of(
    const struct model *model, const struct model_layout *layout, size_t first, size_t end)
{
	return &model->parts[layout->nr_parts > 1 ? layout->part_of(layout->arg, first, end) : 0];
}

static struct model_part *part_of_group(
    const struct model *model, const struct model_layout *layout, size_t g)
{
	return part_of(model, layout, model->first[g], model->first[g + 1]);
}

static void count_places(struct model *model, const struct model_layout *layout)
{
	for (size_t g = 0; g < model->nr_groups; g++)
		part_of_group(model, layout, g)->nr_groups++;
	for (size_t d = 0; d < model->nr_devices; d++)
		part_of(model, layout, d, d + 1)->nr_devices++;
	for (unsigned int p = 1; p < model->nr_parts; p++) {
		const struct model_part *before = &model->parts[p - 1];

		model->parts[p].first_group = before->first_group + before->nr_groups;
		model->parts[p].first_device = before->first_device + before->nr_devices;
	}
}

/* Assigns groups and devices to places. Returns false if memory is short. */
static bool order_places(struct model *model, const struct model_layout *layout)
{
	size_t *next = calloc(2 * (size_t)model->nr_parts, sizeof(*next));

	bool all;

	model->group_at = calloc(model->nr_groups, sizeof(*model->group_at));
	model->device_at = calloc(model->nr_devices, sizeof(*model->device_at));
	all = next && model->group_at && model->device_at;
	for (size_t g = 0; all && g < model->nr_groups; g++) {
		const struct model_part *part = part_of_group(model, layout, g);

		model->group_at[part->first_group + next[2 * (part - model->parts)]++] = g;
	}
	for (size_t d = 0; all && d < model->nr_devices; d++) {
		const struct model_part *part = part_of(model, layout, d, d + 1);

		model->device_at[part->first_device + next[2 * (part - model->parts) + 1]++] = d;
	}
	free(next);
	return all;
}

/* -- memory -- */

static void free_memory(struct model *model)
{
	free(model->first);
	free(model->devices);
	free(model->groups);
	free(model->parts);
	free(model->group_at);
	free(model->device_at);
	free(model->area);
	*model = (struct model){0};
}

/* Sets the size of each part. Returns the sum of the sizes, or 0 on overflow. */
static size_t size_parts(struct model *model, size_t alignment)
{
	const size_t group = model_group_bytes(model->impl);
	const size_t device = model_device_bytes(model->impl);
	size_t groups, devices, bytes, sum = 0;

	if (__builtin_mul_overflow(model->nr_groups, group, &groups) ||
	    __builtin_mul_overflow(model->nr_devices, device, &devices) ||
	    __builtin_add_overflow(groups, devices, &bytes) ||
	    __builtin_add_overflow(bytes, model->nr_parts * (alignment - 1), &bytes))
		return 0;
	for (unsigned int p = 0; p < model->nr_parts; p++) {
		struct model_part *part = &model->parts[p];

		part->bytes =
		    aligned_size(part->nr_groups * group + part->nr_devices * device, alignment);
		sum += part->bytes;
	}
	return sum;
}

static void assign_places(struct model *model)
{
	const size_t group = model_group_bytes(model->impl);
	const size_t device = model_device_bytes(model->impl);
	char *at = model->area;

	for (unsigned int p = 0; p < model->nr_parts; p++) {
		struct model_part *part = &model->parts[p];

		part->groups = at;
		part->devices = at + part->nr_groups * group;
		at += part->bytes;
		for (size_t i = 0; i < part->nr_groups; i++) {
			size_t g = number_at(model->group_at, part->first_group + i);

			model->groups[g] =
			    &((struct bus_group *)(void *)(part->groups + i * group))->group;
		}
		for (size_t i = 0; i < part->nr_devices; i++) {
			size_t d = number_at(model->device_at, part->first_device + i);

			model->devices[d] =
			    &((struct bus_device *)(void *)(part->devices + i * device))->dev;
		}
	}
}

static bool alloc_tables(struct model *model)
{
	model->first = calloc(model->nr_groups + 1, sizeof(*model->first));
	model->groups = calloc(model->nr_groups, sizeof(struct group *));
	model->devices = calloc(model->nr_devices, sizeof(struct device *));
	model->parts = calloc(model->nr_parts, sizeof(*model->parts));
	return model->first && model->groups && model->devices && model->parts;
}

static bool alloc_places(
    struct model *model, const struct topology *topology, const struct model_layout *layout)
{
	for (size_t g = 0; g < model->nr_groups; g++)
		model->first[g + 1] = model->first[g] + topology->groups[g].nr_devices;
	count_places(model, layout);
	if (model->nr_parts > 1 && !order_places(model, layout))
		return false;
	model->area_bytes = size_parts(model, layout->alignment);
	if (model->area_bytes)
		model->area = aligned_alloc(layout->alignment, model->area_bytes);
	return model->area != NULL;
}

static int alloc_memory(struct model *model, const struct topology *topology,
    const struct model_layout *layout, struct error *err)
{
	if (alloc_tables(model) && alloc_places(model, topology, layout)) {
		assign_places(model);
		return 0;
	}
	error_set(err, "not enough memory for %zu groups with %zu devices", model->nr_groups,
	    model->nr_devices);
	return -1;
}

/* -- groups and devices -- */

static int enter_part(const struct model_layout *layout, unsigned int part, struct error *err)
{
	return layout->nr_parts > 1 ? layout->enter(layout->arg, part, err) : 0;
}

/* Zeroes each part while the caller is placed in it, so that its pages are allocated there. */
static int touch_parts(
    const struct model *model, const struct model_layout *layout, struct error *err)
{
	for (unsigned int p = 0; p < model->nr_parts; p++) {
		if (enter_part(layout, p, err))
			return -1;
		memset(model->parts[p].groups, 0, model->parts[p].bytes);
	}
	return 0;
}

static void add_device(const struct model *model, size_t group, size_t device)
{
	struct device *dev = model->devices[device];

	pthread_mutex_init(&to_bus_device(dev)->lock, NULL);
	dev->group = model->groups[group];
	model->impl->device_add(model->groups[group], dev);
}

static int add_group(const struct model *model, size_t g)
{
	struct group *group = model->groups[g];
	int ret;

	LIST_INIT(&group->devices);
	ret = model->impl->group_init ? model->impl->group_init(group) : 0;
	for (size_t d = model->first[g]; !ret && d < model->first[g + 1]; d++)
		add_device(model, g, d);
	return ret;
}

static void destroy_group(const struct model *model, size_t g)
{
	for (size_t d = model->first[g]; d < model->first[g + 1]; d++) {
		model->impl->device_remove(model->groups[g], model->devices[d]);
		pthread_mutex_destroy(&to_bus_device(model->devices[d])->lock);
	}
	if (model->impl->group_destroy)
		model->impl->group_destroy(model->groups[g]);
}

/* Destroys the groups at the first `nr` places. */
static void destroy_groups(const struct model *model, size_t nr)
{
	for (size_t place = 0; place < nr; place++)
		destroy_group(model, number_at(model->group_at, place));
}

static int add_groups(
    const struct model *model, const struct model_layout *layout, struct error *err)
{
	for (unsigned int p = 0; p < model->nr_parts; p++) {
		const size_t first = model->parts[p].first_group;
		int ret = enter_part(layout, p, err);

		if (ret) {
			destroy_groups(model, first);
			return ret;
		}
		for (size_t place = first; place < first + model->parts[p].nr_groups; place++) {
			ret = add_group(model, number_at(model->group_at, place));
			if (ret) {
				destroy_groups(model, place);
				return error_set(err, "group_init() failed: %s", strerror(-ret));
			}
		}
	}
	return 0;
}

void model_destroy(struct model *model)
{
	destroy_groups(model, model->nr_groups);
	free_memory(model);
}

int model_create(struct model *model, const struct impl_ops *impl, const struct topology *topology,
    struct error *err)
{
	const struct model_layout one = {.alignment = BUS_ALIGN, .nr_parts = 1};

	return model_create_in(model, impl, topology, &one, err);
}

int model_create_in(struct model *model, const struct impl_ops *impl,
    const struct topology *topology, const struct model_layout *layout, struct error *err)
{
	*model = (struct model){
	    .impl = impl,
	    .nr_groups = topology->nr_groups,
	    .nr_devices = topology->nr_devices,
	    .nr_parts = layout->nr_parts,
	};
	if (!alloc_memory(model, topology, layout, err) && !touch_parts(model, layout, err) &&
	    !add_groups(model, layout, err))
		return 0;
	free_memory(model);
	return -1;
}
