/* SPDX-License-Identifier: MIT */
#include "harness/explore/sleepers.h"

#include "harness/explore/event.h"

/* Returns true if the move may depend on more than what conflicts with its event. A membarrier or a
 * wait for readers looks at all that other threads have done, and so does a load of what a lock
 * protects. A lock with several holders orders those who take it after those who released it. */
static bool is_special(const struct moved *a)
{
	return a->kind == EVENT_SYNC || a->kind == EVENT_SHARE || a->kind == EVENT_TAKE ||
	       a->kind == EVENT_GIVE;
}

static bool conflict(const struct moved *a, const struct moved *b)
{
	const struct event e = {.kind = a->kind, .loc = a->loc};

	return event_conflicts(&e, (enum event_kind)b->kind, b->loc);
}

/* Returns true if two moves from one state can lead to different states if they are swapped.
 * Whether an operation returns before another one is called is part of the state. */
static bool depend(const struct moved *a, const struct moved *b)
{
	return a->proc % MAX_THREADS == b->proc % MAX_THREADS || (a->calls && b->returns) ||
	       (a->returns && b->calls) || is_special(a) || is_special(b) || conflict(a, b) ||
	       conflict(b, a);
}

void sleepers_wake(struct sleepers *asleep, const struct moved *moved)
{
	for (unsigned int left = asleep->mask; left; left &= left - 1)
		if (depend(&asleep->moved[__builtin_ctz(left)], moved))
			asleep->mask &= (uint8_t) ~(left & -left);
}
