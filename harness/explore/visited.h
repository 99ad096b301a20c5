/* SPDX-License-Identifier: MIT */
/* A set of states, each known by a digest of 128 bits. Two different states with the same digest
 * would be taken for one: with 10^7 states the odds are below 10^-24. */
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

/* Adds a state. Returns VISIT_FULL if memory or the set's limit is exhausted. A zeroed set is
 * valid, and empty. */
enum visit visited_add(struct visited *v, struct digest d);

void visited_free(struct visited *v);

#endif
