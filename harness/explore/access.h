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
	ACCESS_PEEK,
	ACCESS_FENCE,
	ACCESS_LOCK,
	ACCESS_UNLOCK,
	ACCESS_CALL, /* an operation begins */
	ACCESS_MEMBARRIER,
	ACCESS_ENTER,
	ACCESS_LEAVE,
	ACCESS_WAIT,
	ACCESS_WAIT_END, /* of a membarrier or of a wait for readers */
	ACCESS_WORK,     /* of a driver or of a user, on the devices' memory */
	ACCESS_DONE,
	ACCESS_FREE,
	ACCESS_RENEW,     /* freed memory is handed out again */
	ACCESS_GIVE,      /* increments a count; the next three block until they can take: */
	ACCESS_TAKE,      /* one of a count, */
	ACCESS_ALONE,     /* a word that no thread holds, */
	ACCESS_SHARED,    /* or a word that no thread holds exclusively */
	ACCESS_YIELD,     /* blocks until the value that was loaded last changes */
	ACCESS_FLUSH,     /* of a store buffer, never a thread's */
	ACCESS_INTERRUPT, /* by a membarrier, never a thread's */
	ACCESS_RETURN,    /* an operation ends; only shown */
	ACCESS_DEAD,      /* freed memory is used; only shown */
};

struct access {
	const struct source_location *site;
	void *addr;
	uint64_t value;    /* stored, or the operand */
	uint64_t expected; /* of a compare-and-swap; the value that a yield waits to see replaced */
	uint16_t loc;
	uint8_t kind, size, op;
	bool weak;       /* a compare-and-swap that may fail for no reason */
	bool full_fence; /* a sequentially consistent fence, under RC11 */
	bool drains;     /* may only happen with an empty store buffer */
};

/* A reader-writer lock's word: held exclusively, or WORD_SHARE for each reader. */
enum { WORD_ALONE = 1, WORD_SHARE = 2 };

#endif
