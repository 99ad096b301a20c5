/* SPDX-License-Identifier: MIT */
/* The implementations built for the explorer; the build writes the lists
 * (impl/instances.cmake). */
#ifndef EXPLORE_REGISTRY_H
#define EXPLORE_REGISTRY_H

#include <stdbool.h>

struct impl_about;
struct explore_family;

struct explored {
	const char *name;
	const struct explore_family *family;
	const struct impl_about *about;
	const void *ops;       /* of its family */
	bool release_is_store; /* of its locks, under x86-TSO: the store buffer holds it back */
};

/* NULL: none of that name. */
const struct explored *explored_find(const struct explored *const *list, const char *name);

#endif
