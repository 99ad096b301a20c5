/* SPDX-License-Identifier: MIT */
/* Faults that the explorer can report, mildest first. */
#ifndef EXPLORE_FAULT_H
#define EXPLORE_FAULT_H

enum fault {
	FAULT_QUERY = 1 << 0,      /* claimed() was wrong at every moment of its call */
	FAULT_REFUSAL = 1 << 1,    /* an operation was refused without a conflicting owner */
	FAULT_LEAK = 1 << 2,       /* the group is owned, or memory kept, after the last release */
	FAULT_UNPAIRED = 1 << 3,   /* a paired release was reported as unpaired */
	FAULT_LOCK_ORDER = 1 << 4, /* a deadlock is possible; see harness/check/lockorder.h */
	FAULT_NOT_HELD = 1 << 5,   /* a required lock is not held, or a forbidden one is */
	FAULT_LOST = 1 << 6,     /* a held group counts as free, or a device's state was replaced */
	FAULT_CONFLICT = 1 << 7, /* conflicting owners held at once */
	FAULT_RESULT = 1 << 8,   /* a result that the specification allows in no state */
	FAULT_DEADLOCK = 1 << 9,
	FAULT_UNORDERED = 1 << 10,  /* a data race, see sync.h */
	FAULT_GRANTED = 1 << 11,    /* a get or use was granted while no service was bound */
	FAULT_LATE = 1 << 12,       /* a use ran after unbind had returned */
	FAULT_TWO_STATES = 1 << 13, /* a device got two states */
	FAULT_INCOMPLETE = 1 << 14, /* a touch returned a state before it was complete */
	FAULT_DEAD = 1 << 15, /* memory was used after it was freed, or before it was allocated */
};

enum { MAX_FAULTS = 16 }; /* number of values in enum fault */

/* Returns the name of a fault, which is one word. */
const char *fault_name(enum fault fault);

#endif
