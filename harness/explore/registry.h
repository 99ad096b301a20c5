/* SPDX-License-Identifier: MIT */
/* The implementations built for the explorer; the build writes the list
 * (harness/explore/explored.cmake). */
#ifndef EXPLORE_REGISTRY_H
#define EXPLORE_REGISTRY_H

struct impl_ops;

struct explored {
	const char *name;
	const struct impl_ops *ops;
};

/* Ends with NULL. */
extern const struct explored *const explored_impls[];

/* NULL: none of that name. */
const struct explored *explored_find(const struct explored *const *list, const char *name);

#endif
