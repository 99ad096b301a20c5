/* SPDX-License-Identifier: MIT */
/* One step of an explored thread, as the scheduler sees it. */
#ifndef EXPLORE_ACCESS_H
#define EXPLORE_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/source_location.h"

enum access_kind {
	ACCESS_LOAD,
	ACCESS_STORE,
	ACCESS_RMW,
	ACCESS_CAS,
	ACCESS_PEEK, /* loads a plain object without holding the lock that protects it */
	ACCESS_FENCE,
	ACCESS_LOCK,
	ACCESS_UNLOCK,
	ACCESS_CALL,       /* an operation begins */
	ACCESS_MEMBARRIER, /* calls membarrier() */
	ACCESS_ENTER,      /* enters a read-side section */
	ACCESS_LEAVE,      /* leaves a read-side section */
	ACCESS_WAIT,       /* begins to wait for read-side sections */
	ACCESS_WAIT_END,   /* a membarrier or a wait for read-side sections returns */
	ACCESS_WORK,       /* a driver or a user accesses the devices' memory */
	ACCESS_DONE,       /* the thread has ended */
	ACCESS_FREE,
	ACCESS_RENEW, /* allocates freed memory again */
	ACCESS_GIVE,  /* increments a semaphore */
	ACCESS_TAKE,  /* decrements a semaphore; blocks while it is 0 */
	ACCESS_ALONE, /* takes a reader-writer lock exclusively; blocks while any thread holds it */
	ACCESS_SHARED,     /* takes a reader-writer lock shared; blocks while a writer holds it */
	ACCESS_YIELD,      /* blocks until the location of the last access changes */
	ACCESS_PLAIN_LOAD, /* a plain access that was part of a data race, see data_race.h */
	ACCESS_PLAIN_STORE,
	ACCESS_FLUSH,     /* a store buffer writes its oldest store to memory */
	ACCESS_INTERRUPT, /* a membarrier makes another thread pass a fence */
	ACCESS_RETURN,    /* an operation returns; not a step, only reported to the observer */
	ACCESS_DEAD,      /* freed memory is used; not a step, only reported to the observer */
};

struct access {
	const struct source_location *site;
	void *addr;
	uint64_t value;    /* to be stored, or operand of a read-modify-write */
	uint64_t expected; /* by a compare-and-swap; for a yield, the value that was seen */
	uint16_t loc;
	uint8_t kind, size, op;
	uint8_t order;   /* memory order, or the success order of a compare-and-swap */
	bool weak;       /* a weak compare-and-swap, which may fail spuriously */
	bool full_fence; /* RC11: acts as a sequentially consistent fence */
	bool shared;     /* releases a lock that other threads may hold, too */
	bool drains;     /* x86-TSO: waits until the thread's store buffer is empty */
};

/* Values of a reader-writer lock: WORD_ALONE if a writer holds it, otherwise the number of readers
 * times WORD_SHARE. */
enum { WORD_ALONE = 1, WORD_SHARE = 2 };

#endif
