/* SPDX-License-Identifier: MIT */
/* The states that an object may be in at one moment of its history, given all returns so far. */
#ifndef HARNESS_CHECK_FRONTIER_H
#define HARNESS_CHECK_FRONTIER_H

#include <stdbool.h>

#include "harness/check/history.h"

enum { FRONTIER_OPEN = 64, FRONTIER_MAX = 1 << 16 };

/* One of them. */
struct place {
	struct spec_state state;
	uint64_t done; /* open operations that have taken effect, by slot */
};

struct places {
	struct place *all;
	size_t nr, room;
	uint32_t *table; /* finds one by its contents: an index + 1 */
	size_t mask;     /* of the table's size, a power of two */
};

struct open_op {
	const struct history_op *op;
	unsigned int who; /* as spec.h has it */
	int answer;       /* .. of one that does not return: of its spec */
	bool optional;    /* may have taken effect before the frontier began, or never does */
	bool reads;       /* changes nothing */
};

struct frontier {
	const struct spec *spec;
	struct places now, next, seen;
	struct open_op slots[FRONTIER_OPEN];
	uint64_t open;  /* slots in use, */
	uint64_t reads; /* .. of these: whose operation changes nothing */
	const char *undecided;
	bool no_memory;
};

int frontier_init(struct frontier *f);
void frontier_free(struct frontier *f);

/* Back to no open operations, and no state: frontier_allow() adds those that it starts from. */
void frontier_reset(struct frontier *f, const struct spec *spec);
void frontier_allow(struct frontier *f, struct spec_state state);

/* The operation begins. The slot that it has until it returns; -1: undecided. */
int frontier_call(struct frontier *f, const struct history_op *op, unsigned int who, bool optional);

/* It has returned: what does not explain it is gone. False: nothing is left, or undecided. */
bool frontier_return(struct frontier *f, int slot);

#endif
