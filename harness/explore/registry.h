/* SPDX-License-Identifier: MIT */
/* Implementations built for the explorer. The build generates the lists (impl/instances.cmake). */
#ifndef EXPLORE_REGISTRY_H
#define EXPLORE_REGISTRY_H

#include <stdbool.h>

struct impl_about;
struct explore_family;

struct explored {
	const char *name;
	const struct explore_family *family;
	const struct impl_about *about;
	const void *ops;       /* operations table; its type depends on `family` */
	bool release_is_store; /* x86-TSO: a lock is released by a store, which may be delayed */
	/* The implementation includes impl/nearby.h: devices 2n and 2n + 1 are neighbours and may
	 * share a shard, so generated programs must not treat all devices as interchangeable. */
	bool nearby;
};

/* An implementation that is not built for the explorer. */
struct unseen {
	const char *name;
	/* For example "impl/mine.c: pthread_cond_t is not seen by the explorer". */
	const char *why;
};

/* Returns why the implementation is not built for the explorer, or NULL if it is not in `list`,
 * which ends with an entry without a name. The name of a variant is compared up to its '<'. */
const char *explored_unseen(const struct unseen *list, const char *name);

/* Returns the implementation with this name, or NULL. The list ends with NULL. */
const struct explored *explored_find(const struct explored *const *list, const char *name);

#endif
