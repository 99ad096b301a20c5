/* SPDX-License-Identifier: MIT */
/* Stores the state of an execution between two steps, so that it can go on from there again. */
#ifndef EXPLORE_SNAPSHOT_H
#define EXPLORE_SNAPSHOT_H

#include "harness/explore/machine_state.h"

/* A stack of snapshots. A zeroed struct is valid, and empty. */
struct snapshots {
	size_t used, size; /* in bytes */
	char *bytes;
};

/* Appends a snapshot. `extra` is memory outside of the machine that is part of the state. Returns
 * false if out of memory. */
bool snapshot_push(struct snapshots *all, const struct machine *m, const void *extra, size_t size);

/* Restores the snapshot that was appended when all->used was `at`, and keeps it. */
void snapshot_restore(const struct snapshots *all, size_t at, struct machine *m);

void snapshots_free(struct snapshots *all);

#endif
