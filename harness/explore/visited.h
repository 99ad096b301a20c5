/* SPDX-License-Identifier: MIT */
/* A set of states. Each is known by 120 bits of a digest, and has a mask of 8 bits. Two different
 * states with the same bits would be taken for one: with 10^7 states the odds are below 10^-22. */
#ifndef EXPLORE_VISITED_H
#define EXPLORE_VISITED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/explore/digest.h"

struct visited {
	size_t n, size; /* number of states; number of places, a power of two */
	struct digest *places;
};

enum visit { VISIT_NEW, VISIT_AGAIN, VISIT_FULL };

/* Adds a state with this mask. If it was added before, intersects its mask with this one, and
 * stores in *mask what its mask was. Returns VISIT_FULL if memory or the set's limit is exhausted.
 * A zeroed set is valid, and empty. */
enum visit visited_add(struct visited *v, struct digest d, uint8_t *mask);

void visited_free(struct visited *v);

#endif
