/* SPDX-License-Identifier: MIT */
/* The implementations built for the explorer; the build writes the lists
 * (harness/explore/explored.cmake). */
#ifndef EXPLORE_REGISTRY_H
#define EXPLORE_REGISTRY_H

#include <stdbool.h>

struct impl_ops;
struct explore_family;

struct explored {
	const char *name;
	const struct explore_family *family;
	const struct impl_ops *ops; /* what any implementation says of itself, */
	const void *family_ops;     /* and the operations of its family */
	bool release_is_store; /* of its locks, under x86-TSO: the store buffer holds it back */
};

/* Each ends with NULL. */
extern const struct explored *const explored_impls[]; /* of ownership */
extern const struct explored *const explored_lifetime[];
extern const struct explored *const explored_configure[];

/* NULL: none of that name. */
const struct explored *explored_find(const struct explored *const *list, const char *name);

#endif
