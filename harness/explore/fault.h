/* SPDX-License-Identifier: MIT */
/* What the explorer can find wrong, mildest first. */
#ifndef EXPLORE_FAULT_H
#define EXPLORE_FAULT_H

enum fault {
	FAULT_QUERY = 1 << 0,      /* claimed() was wrong at every moment of its call */
	FAULT_REFUSAL = 1 << 1,    /* refused while nothing was in the way */
	FAULT_LEAK = 1 << 2,       /* owned, or not freed, after everyone has let go */
	FAULT_UNPAIRED = 1 << 3,   /* a paired release was reported as unpaired */
	FAULT_LOCK_ORDER = 1 << 4, /* a deadlock is possible; see harness/check/lockorder.h */
	FAULT_NOT_HELD = 1 << 5,   /* a lock that must be held is not, or one is that must not be */
	FAULT_LOST = 1 << 6,       /* held and yet free; or given a state that does not stay */
	FAULT_CONFLICT = 1 << 7,   /* conflicting owners held at once */
	FAULT_RESULT = 1 << 8,     /* a result that the table does not know */
	FAULT_DEADLOCK = 1 << 9,
	FAULT_UNORDERED = 1 << 10,  /* memory was not handed over to the next, see sync.h */
	FAULT_GRANTED = 1 << 11,    /* a service was got or used while none was bound */
	FAULT_LATE = 1 << 12,       /* a use ran after unbind had returned */
	FAULT_TWO_STATES = 1 << 13, /* of one device */
	FAULT_INCOMPLETE = 1 << 14, /* a state was given before it was complete */
	FAULT_DEAD = 1 << 15,       /* what was freed was used, or what never was there */
};

enum { MAX_FAULTS = 16 }; /* kinds */

/* One word. */
const char *fault_name(enum fault fault);

#endif
