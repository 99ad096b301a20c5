/* SPDX-License-Identifier: MIT */
/* Faults that the explorer reports, mildest first. */
#ifndef EXPLORE_FAULT_H
#define EXPLORE_FAULT_H

enum fault {
	FAULT_QUERY = 1 << 0,   /* claimed() was wrong throughout its call */
	FAULT_REFUSAL = 1 << 1, /* an operation was refused without a conflicting owner */
	FAULT_LEAK = 1 << 2, /* after the last release, the group is owned or memory is not freed */
	FAULT_RACE = 1 << 3, /* a data race of a plain access, see data_race.h */
	FAULT_UNPAIRED = 1 << 4,   /* a paired release was reported as unpaired */
	FAULT_LOCK_ORDER = 1 << 5, /* a deadlock is possible, see harness/check/lockorder.h */
	FAULT_NOT_HELD = 1 << 6, /* a lock is not held where required, or is held where forbidden */
	FAULT_LOST = 1 << 7,     /* a held group appears free, or a device's state was replaced */
	FAULT_CONFLICT = 1 << 8, /* conflicting owners held at once */
	FAULT_RESULT = 1 << 9,   /* a result that the specification never allows */
	FAULT_DEADLOCK = 1 << 10,
	FAULT_UNORDERED = 1 << 11,  /* happens-before does not order two owners' work, see sync.h */
	FAULT_GRANTED = 1 << 12,    /* a get or use was granted while no service was bound */
	FAULT_LATE = 1 << 13,       /* a use ran after unbind had returned */
	FAULT_TWO_STATES = 1 << 14, /* a device got two states */
	FAULT_INCOMPLETE = 1 << 15, /* a touch returned an incomplete state */
	FAULT_DEAD = 1 << 16,       /* freed or not yet allocated memory was used */
};

enum { MAX_FAULTS = 17 }; /* number of values in enum fault */

/* Returns the fault's name, a single word. */
const char *fault_name(enum fault fault);

#endif
