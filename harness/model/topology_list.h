/* SPDX-License-Identifier: MIT */
/* The entries of a listing, in the order of its lines. The topology is built from them. */
#ifndef HARNESS_MODEL_TOPOLOGY_LIST_H
#define HARNESS_MODEL_TOPOLOGY_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"

struct topology_entry {
	char *device; /* NULL: only a group; other entries must name its devices */
	unsigned int group;
	bool removed;       /* the device left the group */
	unsigned long line; /* line number, from 1; 0: the source has no lines */
};

struct topology_list {
	const char *source; /* name of the listing in errors */
	struct topology_entry *entries;
	size_t nr;
	size_t room;
	bool newest_first; /* the last line has the earliest event */
	bool in_order;     /* time stamps show the order of the events */
};

/* Appends a copy of the entry, including its device's name. Returns 0, or -1 with the error set. */
int topology_list_add(
    struct topology_list *list, const struct topology_entry *entry, struct error *err);

/* Builds the topology from all entries, except for its name, which the caller sets. Returns 0, or
 * -1 with the error set. */
int topology_list_finish(struct topology_list *list, struct topology *t, struct error *err);

void topology_list_free(struct topology_list *list);

#endif
