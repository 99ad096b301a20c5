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
	const void *ops;       /* operations table, of the type that `family` uses */
	bool release_is_store; /* x86-TSO: a lock release is a store, which may be delayed */
	bool nearby;           /* it includes nearby.h, so it depends on which devices are near */
};

/* An implementation that is not built for the explorer. */
struct unseen {
	const char *name;
	/* A text such as "impl/mine.c: pthread_cond_t is not seen by the explorer". */
	const char *why;
};

/* Returns why an implementation is not built for the explorer, or NULL if it is not in the list,
 * which ends with an entry without a name. A variant is looked up by the part before its '<'. */
const char *explored_unseen(const struct unseen *list, const char *name);

/* Returns the implementation of that name in a NULL-terminated list, or NULL. */
const struct explored *explored_find(const struct explored *const *list, const char *name);

#endif
