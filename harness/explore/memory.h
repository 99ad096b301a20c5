/* SPDX-License-Identifier: MIT */
/* Explored memory: its locations, and what earlier executions showed about each. */
#ifndef EXPLORE_MEMORY_H
#define EXPLORE_MEMORY_H

#include "harness/explore/machine_state.h"

static inline size_t memory_offset(const struct machine *m, const volatile void *p)
{
	return (uintptr_t)p - (uintptr_t)m->arena;
}

/* Returns the location of an address. An atomic outside of the arena gets a location at its
 * first use; each execution restores the value that it had then. */
uint16_t memory_location(struct machine *m, const volatile void *p, unsigned int size);

/* Returns the index in m->foreign of the object outside of the arena that plain accesses store to
 * at `p`, or -1. */
int memory_plain_object(const struct machine *m, const void *p);

/* Adds such an object, of at most MAX_FOREIGN_SIZE bytes, and restarts the exploration, which may
 * have missed loads of it. Returns its index. */
int memory_add_plain_object(struct machine *m, const void *p, size_t size);

/* Returns an access for machine_step(). For loads and writes use the two functions below. */
struct access memory_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, const volatile void *p, unsigned int size);

/*
 * Return a load access and a writing access, for machine_step(). A location that is loaded but
 * never stored to is a plain object that a lock protects and that is read without the lock: its
 * load is an ACCESS_PEEK, which conflicts with every lock. The first store to such a location
 * restarts the exploration.
 */
struct access memory_load_access(struct machine *m, const struct source_location *site,
    const volatile void *p, unsigned int size);
struct access memory_write_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, volatile void *p, unsigned int size);

/* Returns zeroed memory of the arena. May only be called in setup. Refuses the implementation if
 * there is no room. */
void *memory_alloc(struct machine *m, size_t align, size_t size);

/* Restores the memory to its content at the end of setup. */
void memory_restore(struct machine *m);

/* Called in setup: memory that is allocated from now on may be freed in an execution. */
void machine_freeable(struct machine *m);

/* Called in setup: declares that executions store to this location, which saves a restart. */
void machine_writes(struct machine *m, const void *p);

/* Returns true if freeing this location is a step: the location was accessed, and not as a plain
 * object that a lock protects. */
bool memory_free_is_step(const struct machine *m, size_t loc);

/* Stores in `steps` for each location whether freeing it is a step, as far as earlier executions
 * have shown. */
void machine_frees(const struct machine *m, bool steps[MAX_ARENA]);

/* Starts with the knowledge of an earlier exploration, as stored by machine_frees(). */
void machine_set_frees(struct machine *m, const bool steps[MAX_ARENA]);

#endif
