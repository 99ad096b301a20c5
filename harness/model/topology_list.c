/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_list.h"

#include <stdlib.h>
#include <string.h>

static int no_memory(const struct topology_list *list, struct error *err)
{
	return error_set(err, "%s: not enough memory for the devices", list->source);
}

int topology_list_add(
    struct topology_list *list, const struct topology_entry *entry, struct error *err)
{
	struct topology_entry copy = *entry;

	if (list->nr == list->room) {
		size_t room = 2 * list->room + 64;
		void *entries = realloc(list->entries, room * sizeof(*list->entries));

		if (!entries)
			return no_memory(list, err);
		list->entries = entries;
		list->room = room;
	}
	if (entry->device && !(copy.device = strdup(entry->device)))
		return no_memory(list, err);
	list->entries[list->nr++] = copy;
	return 0;
}

void topology_list_free(struct topology_list *list)
{
	for (size_t i = 0; i < list->nr; i++)
		free(list->entries[i].device);
	free(list->entries);
	list->entries = NULL;
	list->nr = list->room = 0;
}

/* Orders entries by device name. Entries without a device come first. */
static int compare_devices(const struct topology_entry *a, const struct topology_entry *b)
{
	if (a->device && b->device)
		return strcmp(a->device, b->device);
	return !!a->device - !!b->device;
}

static int compare_groups(const struct topology_entry *a, const struct topology_entry *b)
{
	return (a->group > b->group) - (a->group < b->group);
}

static int by_device_and_line(const void *x, const void *y)
{
	const struct topology_entry *a = x, *b = y;
	int order = compare_devices(a, b);

	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : compare_groups(a, b);
}

static int by_group_and_device(const void *x, const void *y)
{
	int order = compare_groups(x, y);

	return order ? order : compare_devices(x, y);
}

static void sort_list(struct topology_list *list, int (*compare)(const void *, const void *))
{
	if (list->nr)
		qsort(list->entries, list->nr, sizeof(*list->entries), compare);
}

static int two_groups(const struct topology_list *list, const struct topology_entry *first,
    const struct topology_entry *second, struct error *err)
{
	if (!second->line)
		return error_set(err, "%s: %s is in group %u and in group %u", list->source,
		    first->device, first->group, second->group);
	return error_set(err, "%s:%lu: %s is in group %u, but line %lu has it in group %u",
	    list->source, second->line, second->device, second->group, first->line, first->group);
}

static bool joins_in(const struct topology_list *list, size_t first, size_t end)
{
	while (first < end && list->entries[first].removed)
		first++;
	return first < end;
}

/*
 * Follows a device through its events, which are entries [first, end), in the order of their lines.
 * Sets *last to the entry that put the device into its final group, or to NULL if it left. Repeated
 * entries are accepted, because logs repeat events after a hotplug. Returns 0, or -1 with the error
 * set.
 */
static int follow_device(const struct topology_list *list, size_t first, size_t end,
    struct topology_entry **last, struct error *err)
{
	const bool joins = joins_in(list, first, end);

	*last = NULL;
	for (size_t i = 0; i < end - first; i++) {
		struct topology_entry *entry =
		    &list->entries[list->newest_first ? end - 1 - i : first + i];

		if (*last && (*last)->group != entry->group)
			return two_groups(list, *last, entry, err);
		if (entry->removed && !*last && joins && !list->in_order)
			return error_set(err,
			    "%s:%lu: %s leaves group %u before it joins one: give a log with time "
			    "stamps, "
			    "which show what came first",
			    list->source, entry->line, entry->device, entry->group);
		if (entry->removed)
			*last = NULL;
		else if (!*last)
			*last = entry;
	}
	return 0;
}

static size_t end_of_device(const struct topology_list *list, size_t first)
{
	size_t end = first + 1;

	while (end < list->nr && compare_devices(&list->entries[first], &list->entries[end]) == 0)
		end++;
	return end;
}

/* Keeps the entries without a device, and one entry for each device that is still in a group. Drops
 * all others. */
static int settle_devices(struct topology_list *list, struct error *err)
{
	size_t kept = 0, first = 0, end;

	sort_list(list, by_device_and_line);
	while (kept < list->nr && !list->entries[kept].device)
		kept++;
	/* Swap entries instead of copying them, so that each name is freed exactly once. */
	for (first = kept; first < list->nr; first = end) {
		struct topology_entry *last, entry;

		end = end_of_device(list, first);
		if (follow_device(list, first, end, &last, err))
			return -1;
		if (!last)
			continue;
		entry = *last;
		*last = list->entries[kept];
		list->entries[kept++] = entry;
	}
	for (size_t i = kept; i < list->nr; i++)
		free(list->entries[i].device);
	list->nr = kept;
	return 0;
}

static size_t end_of_group(const struct topology_list *list, size_t first)
{
	size_t end = first + 1;

	while (end < list->nr && list->entries[end].group == list->entries[first].group)
		end++;
	return end;
}

static int no_devices(
    const struct topology_list *list, const struct topology_entry *entry, struct error *err)
{
	if (!entry->line)
		return error_set(err, "%s: group %u has no devices", list->source, entry->group);
	return error_set(
	    err, "%s:%lu: group %u has no devices", list->source, entry->line, entry->group);
}

/* Adds a group with the devices of entries [first, end). The group then owns their names. */
static int add_group(
    struct topology_list *list, size_t first, size_t end, struct topology *t, struct error *err)
{
	struct topology_group *group = &t->groups[t->nr_groups];

	group->id = list->entries[first].group;
	while (first < end && !list->entries[first].device)
		first++;
	if (first == end)
		return no_devices(list, &list->entries[end - 1], err);
	group->devices = calloc(end - first, sizeof(*group->devices));
	if (!group->devices)
		return no_memory(list, err);
	for (; first < end; first++) {
		group->devices[group->nr_devices++] = list->entries[first].device;
		list->entries[first].device = NULL;
	}
	t->nr_groups++;
	t->nr_devices += group->nr_devices;
	if (t->largest < group->nr_devices)
		t->largest = group->nr_devices;
	return 0;
}

static int add_groups(struct topology_list *list, struct topology *t, struct error *err)
{
	size_t nr_groups = 0, first, end;

	sort_list(list, by_group_and_device);
	for (first = 0; first < list->nr; first = end_of_group(list, first))
		nr_groups++;
	t->groups = calloc(nr_groups, sizeof(*t->groups));
	if (!t->groups)
		return no_memory(list, err);
	for (first = 0; first < list->nr; first = end) {
		end = end_of_group(list, first);
		if (add_group(list, first, end, t, err))
			return -1;
	}
	return 0;
}

int topology_list_finish(struct topology_list *list, struct topology *t, struct error *err)
{
	*t = (struct topology){0};
	if (settle_devices(list, err))
		return -1;
	if (list->nr == 0)
		return error_set(err,
		    "%s lists no groups: give the output of find /sys/kernel/iommu_groups -type l",
		    list->source);
	if (add_groups(list, t, err) == 0)
		return 0;
	topology_free(t);
	return -1;
}
