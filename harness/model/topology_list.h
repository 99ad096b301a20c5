/* SPDX-License-Identifier: MIT */
/* What a listing said, line by line, until it is whole and can be put in order. */
#ifndef HARNESS_MODEL_TOPOLOGY_LIST_H
#define HARNESS_MODEL_TOPOLOGY_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/model/topology.h"

struct topology_entry {
	char *device; /* NULL: only the group was named, and has to have devices elsewhere */
	unsigned int group;
	bool removed;       /* the device left the group */
	unsigned long line; /* 0 where there are no lines */
};

struct topology_list {
	const char *source; /* what errors call it */
	struct topology_entry *entries;
	size_t nr;
	size_t room;
	bool newest_first; /* the last line is the earliest event */
	bool in_order;     /* the lines' times say which event is earlier */
};

/* Copies the entry and its device's name. 0, or -1 with the error set. */
int topology_list_add(
    struct topology_list *list, const struct topology_entry *entry, struct error *err);

/* Makes the topology of all entries; its name is left to the caller. 0, or -1 with the error set.
 */
int topology_list_finish(struct topology_list *list, struct topology *t, struct error *err);

void topology_list_free(struct topology_list *list);

#endif
