/* SPDX-License-Identifier: MIT */
/* The entries of a listing, in the order of its lines, from which the topology is built. */
#ifndef HARNESS_MODEL_TOPOLOGY_LIST_H
#define HARNESS_MODEL_TOPOLOGY_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"

struct topology_entry {
	char *device; /* NULL: only the group was named; its devices must be in other entries */
	unsigned int group;
	bool removed;       /* the device left the group */
	unsigned long line; /* line number, from 1; 0: the source has no lines */
};

struct topology_list {
	const char *source; /* name of the source in errors */
	struct topology_entry *entries;
	size_t nr;
	size_t room;
	bool newest_first; /* the last line is the earliest event */
	bool in_order;     /* the time stamps establish which event is earlier */
};

/* Appends a copy of the entry and of its device's name. Returns 0, or -1 with the error set. */
int topology_list_add(
    struct topology_list *list, const struct topology_entry *entry, struct error *err);

/* Builds the topology from all entries. The caller sets its name. Returns 0, or -1 with the error
 * set. */
int topology_list_finish(struct topology_list *list, struct topology *t, struct error *err);

void topology_list_free(struct topology_list *list);

#endif
