/* SPDX-License-Identifier: MIT */
/* The set of states that an object may be in at one moment of its history, given the operations
 * that have returned so far. */
#ifndef HARNESS_CHECK_FRONTIER_H
#define HARNESS_CHECK_FRONTIER_H

#include <stdbool.h>

#include "harness/check/history.h"

enum { FRONTIER_OPEN = 64, FRONTIER_MAX = 1 << 16 };

/* A possible state. */
struct place {
	struct spec_state state;
	uint64_t done; /* bit mask of slots: open operations that have taken effect */
};

struct places {
	struct place *all;
	size_t nr, room;
	uint32_t *table; /* hash table of `all`: index + 1; 0: empty */
	size_t mask;     /* size of the table, a power of two, minus one */
};

/* An operation that has been called and has not yet returned. */
struct open_op {
	const struct history_op *op;
	unsigned int actor; /* argument of spec->allows() */
	int result;         /* the operation's result; spec->pending if it never returns */
	bool reads;         /* does not change the state */
	/* May have taken effect before the frontier began, or may never take effect. */
	bool optional;
};

struct frontier {
	const struct spec *spec;
	struct places now, next, seen;
	struct open_op slots[FRONTIER_OPEN];
	uint64_t open;  /* bit mask of slots in use */
	uint64_t reads; /* bit mask of slots whose operation does not change the state */
	const char *undecided;
	bool no_memory;
};

/* Returns 0, or -1 if out of memory. The caller must call frontier_free() in both cases. */
int frontier_init(struct frontier *f);
void frontier_free(struct frontier *f);

/* Removes all open operations and all states. Then call frontier_allow() for each initial state. */
void frontier_reset(struct frontier *f, const struct spec *spec);
void frontier_allow(struct frontier *f, struct spec_state state);

/* Processes the call of an operation. Returns the slot that the operation occupies until it
 * returns. On failure, sets f->undecided and returns -1. */
int frontier_call(
    struct frontier *f, const struct history_op *op, unsigned int actor, bool optional);

/* Processes the return of an operation: drops all states that do not explain its result. Returns
 * false if no state is left, or on failure with f->undecided or f->no_memory set. */
bool frontier_return(struct frontier *f, int slot);

#endif
