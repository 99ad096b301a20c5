/* SPDX-License-Identifier: MIT */
/* Verdict: exact. Includes one lock adapter directly, not through lock/any.h. */
#include "impl.h"

#include "lock/ck_ticket.h"

struct own {
	struct lock lock;
};

static inline void own_init(struct own *own)
{
	lock_init(&own->lock);
}

static inline void own_take(struct own *own)
{
	lock_acquire(&own->lock);
}

static inline void own_drop(struct own *own)
{
	lock_release(&own->lock);
}

#define OWN_SUMMARY "test: a count under ck_spinlock_ticket"
#include "count_under.h"
