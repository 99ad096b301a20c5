/* SPDX-License-Identifier: MIT */
/* The memory of explored programs: its locations, and what earlier executions have shown about each
 * of them. */
#ifndef EXPLORE_MEMORY_H
#define EXPLORE_MEMORY_H

#include "harness/explore/machine_state.h"

static inline size_t memory_offset(const struct machine *m, const volatile void *p)
{
	return (uintptr_t)p - (uintptr_t)m->arena;
}

/* Returns the location of an address. An atomic outside of the arena gets a location when it is
 * first used, and each execution restores the value that it had at that time. */
uint16_t memory_location(struct machine *m, const volatile void *p, unsigned int size);

/* Returns the index in m->foreign of the object at `p` that is outside of the arena and stored to
 * by plain accesses, or -1 if there is none. */
int memory_plain_object(const struct machine *m, const void *p);

/* Adds an object of at most MAX_FOREIGN_SIZE bytes that is outside of the arena and stored to by
 * plain accesses. Returns its index. Restarts the exploration, because earlier loads of the object
 * were not checked. */
int memory_add_plain_object(struct machine *m, const void *p, size_t size);

/* Records that the location is accessed, so freeing it must be a step. If an earlier execution may
 * have freed the location without a step, restarts the exploration. Returns the location. */
uint16_t memory_note_freeable(struct machine *m, uint16_t loc);

/* Records that the current thread's next step accesses the location. memory_access() calls it. At
 * LOC_SYNC plus a mark_class: that it waits for what has these marks. */
void memory_note_use(struct machine *m, uint16_t loc);

/* Returns true if no other thread is expected to access the location again, judging by all
 * executions so far. If one does so later, m->must_restart is set. */
bool memory_is_sole_user(struct machine *m, uint16_t loc, int thread);

/* Returns an access for machine_step(). Use the next two functions for loads and writes. */
struct access memory_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, const volatile void *p, unsigned int size);

/*
 * Return an access for machine_step(): a load, or an access that writes.
 *
 * A location that is loaded but never stored to by these functions is a plain object that a lock
 * protects, and the load does not take the lock. The load is then an ACCESS_PEEK, which conflicts
 * with every lock. The first store to such a location restarts the exploration.
 */
struct access memory_load_access(struct machine *m, const struct source_location *site,
    const volatile void *p, unsigned int size);
struct access memory_write_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, volatile void *p, unsigned int size);

/* Returns zeroed memory in the arena. Must be called in setup. If the arena is full, refuses the
 * implementation. */
void *memory_alloc(struct machine *m, size_t align, size_t size);

/* Restores the memory's content at the end of setup. */
void memory_restore(struct machine *m);

/* Called in setup. Memory that is allocated afterwards may be freed in an execution. */
void machine_freeable(struct machine *m);

/* Called in setup. Declares that executions store to this location, which saves a restart. */
void machine_writes(struct machine *m, const void *p);

/* Returns true if freeing the location is a step: the location was accessed, and is not a plain
 * object that a lock protects. */
bool memory_free_is_step(const struct machine *m, size_t loc);

/* Stores in steps[] for each location whether earlier executions have shown that freeing it is a
 * step. */
void machine_frees(const struct machine *m, bool steps[MAX_ARENA]);

/* Restores what machine_frees() stored after an earlier exploration. */
void machine_set_frees(struct machine *m, const bool steps[MAX_ARENA]);

#endif
