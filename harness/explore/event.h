/* SPDX-License-Identifier: MIT */
/*
 * What an execution consists of: events, each at a location.
 *
 * Events conflict by location. Marks and syncs are for steps without one. A sync conflicts with all
 * marks of its class by other threads: a membarrier with buffered stores, a wait for readers with
 * the ends of sections, a peek with every lock.
 */
#ifndef EXPLORE_EVENT_H
#define EXPLORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"
#include "harness/source_location.h"

enum {
	MAX_EVENTS = 1000,
	MAX_ARENA = 4096, /* bytes of explored memory; each is a location */
	MAX_FOREIGN = 64, /* atomics outside of it: an implementation's static variables */
	MAX_CLASSES = 3,  /* of marks */
	LOC_NONE = MAX_ARENA + MAX_FOREIGN,
	LOC_SYNC, /* one for each class of marks */
	MAX_LOCS = LOC_SYNC + MAX_CLASSES,
};

enum event_kind {
	EVENT_LOCAL,
	EVENT_READ,
	EVENT_WRITE,
	EVENT_FORWARD, /* a load from the thread's own store buffer */
	EVENT_LOCK,
	EVENT_SHARE, /* of a lock that other threads may hold, too */
	EVENT_TAKE,  /* of a lock exclusively, or of one of a count; EVENT_LOCK is a plain lock */
	EVENT_GIVE,
	EVENT_MARK,
	EVENT_SYNC,
	EVENT_MESSAGE,   /* RC11: an access to a location's messages, see order.c */
	EVENT_INTERRUPT, /* RC11: by a membarrier */
};
enum mark_class { MARK_STORES, MARK_SECTIONS, MARK_LOCKS };

struct event {
	vclock clock;
	vclock release; /* of a lock: the clock of its unlock */
	int16_t index;  /* the clock's lane of the event's own process */
	int16_t prev;   /* the event before it on this location; -1: none */
	uint16_t loc;
	uint8_t proc, kind;
	uint8_t pick;       /* see machine_picks() */
	bool reads, writes; /* a message */
	int16_t reads_from; /* the event that stored the message; -1: the initial value */
	const struct source_location
	    *site; /* of a thread's step; stale in an event of a store buffer */
};

/* Whether a step of this kind at `loc`, by another process, conflicts with the event. */
bool event_conflicts(const struct event *e, enum event_kind kind, uint16_t loc);

#endif
