/* SPDX-License-Identifier: MIT */
/* Faults that the explorer can report, mildest first. */
#ifndef EXPLORE_FAULT_H
#define EXPLORE_FAULT_H

enum fault {
	FAULT_QUERY = 1 << 0,      /* claimed() was wrong at every moment of its call */
	FAULT_REFUSAL = 1 << 1,    /* an operation was refused without a conflicting owner */
	FAULT_LEAK = 1 << 2,       /* the group is owned, or memory kept, after the last release */
	FAULT_RACE = 1 << 3,       /* a plain access is part of a data race, see data_race.h */
	FAULT_UNPAIRED = 1 << 4,   /* a paired release was reported as unpaired */
	FAULT_LOCK_ORDER = 1 << 5, /* a deadlock is possible; see harness/check/lockorder.h */
	FAULT_NOT_HELD = 1 << 6,   /* a required lock is not held, or a forbidden one is */
	FAULT_LOST = 1 << 7,     /* a held group counts as free, or a device's state was replaced */
	FAULT_CONFLICT = 1 << 8, /* conflicting owners held at once */
	FAULT_RESULT = 1 << 9,   /* a result that the specification allows in no state */
	FAULT_DEADLOCK = 1 << 10,
	FAULT_UNORDERED = 1 << 11, /* one owner's work is not ordered after another's, see sync.h */
	FAULT_GRANTED = 1 << 12,   /* a get or use was granted while no service was bound */
	FAULT_LATE = 1 << 13,      /* a use ran after unbind had returned */
	FAULT_TWO_STATES = 1 << 14, /* a device got two states */
	FAULT_INCOMPLETE = 1 << 15, /* a touch returned a state before it was complete */
	FAULT_DEAD = 1 << 16, /* memory was used after it was freed, or before it was allocated */
};

enum { MAX_FAULTS = 17 }; /* number of values in enum fault */

/* Returns the name of a fault, which is one word. */
const char *fault_name(enum fault fault);

#endif
