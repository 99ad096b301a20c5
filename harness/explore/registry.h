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
};

/* Returns the implementation of that name in a NULL-terminated list, or NULL. */
const struct explored *explored_find(const struct explored *const *list, const char *name);

#endif
