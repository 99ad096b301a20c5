/* SPDX-License-Identifier: MIT */
#include "harness/explore/event.h"

bool event_conflicts(const struct event *e, enum event_kind kind, uint16_t loc)
{
	switch (kind) {
	case EVENT_READ:
	case EVENT_FORWARD:
		return e->loc == loc && e->kind == EVENT_WRITE;
	case EVENT_WRITE:
		return e->loc == loc;
	case EVENT_LOCK:
		return e->loc == loc || e->loc == LOC_SYNC + MARK_LOCKS;
	case EVENT_SHARE:
		return (e->loc == loc && e->kind == EVENT_TAKE) || e->loc == LOC_SYNC + MARK_LOCKS;
	case EVENT_TAKE:
		return (e->loc == loc && e->kind != EVENT_GIVE) || e->loc == LOC_SYNC + MARK_LOCKS;
	case EVENT_MARK:
		return e->loc == LOC_SYNC + loc;
	case EVENT_SYNC:
		/* Marks of other classes do not conflict, but treating them as conflicts is
		 * harmless. */
		return e->kind >= EVENT_LOCK && e->kind <= EVENT_MARK;
	case EVENT_MESSAGE:
		/* Under RC11, only freeing or reallocating memory is an EVENT_WRITE. */
		return e->loc == loc && e->kind == EVENT_WRITE;
	case EVENT_GIVE:
	case EVENT_INTERRUPT:
	case EVENT_LOCAL:
		break;
	}
	return false;
}
