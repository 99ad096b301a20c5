/* SPDX-License-Identifier: MIT */
/*
 * Events: the steps of an execution, as the search and the dependency tracking see them.
 *
 * Whether two events conflict depends on their locations and kinds. Marks and syncs are steps
 * without a single location. A sync conflicts with all marks of its class by other threads: a
 * membarrier with buffered stores, a wait for readers with the end of each read-side section, and a
 * peek with every lock.
 */
#ifndef EXPLORE_EVENT_H
#define EXPLORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"
#include "harness/source_location.h"

enum {
	MAX_EVENTS = 1000,
	MAX_ARENA = 4096, /* bytes of explored memory; each byte is a location */
	MAX_FOREIGN = 64, /* objects outside the arena, such as static variables */
	MAX_CLASSES = 3,  /* number of values in enum mark_class */
	LOC_NONE = MAX_ARENA + MAX_FOREIGN,
	LOC_SYNC, /* first of MAX_CLASSES locations: one per class of marks */
	MAX_LOCS = LOC_SYNC + MAX_CLASSES,
};

enum event_kind {
	EVENT_LOCAL,
	EVENT_READ,
	EVENT_WRITE,
	EVENT_FORWARD, /* a load from the thread's own store buffer */
	EVENT_LOCK,
	EVENT_SHARE, /* takes a reader-writer lock shared */
	EVENT_TAKE,  /* takes a reader-writer lock exclusively, or decrements a semaphore */
	EVENT_GIVE,
	EVENT_MARK,
	EVENT_SYNC,
	EVENT_MESSAGE,   /* RC11: an atomic access, see add_message() in order.c */
	EVENT_INTERRUPT, /* RC11: a membarrier makes a thread pass a fence */
};
enum mark_class { MARK_STORES, MARK_SECTIONS, MARK_LOCKS };

struct event {
	vclock clock;
	vclock release; /* for an event that takes a lock: the clock of the last unlock */
	int16_t index;  /* the event's own lane of `clock` */
	int16_t prev;   /* previous event at this location; -1: none */
	uint16_t loc;
	uint8_t proc, kind;
	uint8_t pick;       /* choice that the step made, see machine_picks() */
	bool calls;         /* the step calls an operation */
	bool reads, writes; /* RC11: the step reads or writes a message */
	int16_t reads_from; /* RC11: event that stored what was read; -1: initial value */
	/* Source line of the step. For a store buffer's step, the value is stale. */
	const struct source_location *site;
};

/* Returns true if a step of this kind at `loc`, by another process, conflicts with the event. */
bool event_conflicts(const struct event *e, enum event_kind kind, uint16_t loc);

#endif
