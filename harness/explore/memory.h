/* SPDX-License-Identifier: MIT */
/* Explored memory: its locations, and what is known of each from earlier executions. */
#ifndef EXPLORE_MEMORY_H
#define EXPLORE_MEMORY_H

#include "harness/explore/machine_state.h"

static inline size_t memory_offset(const struct machine *m, const volatile void *p)
{
	return (uintptr_t)p - (uintptr_t)m->arena;
}

/* The location of an address. An atomic outside of the arena gets one when it is first used, and
 * each execution restores the value that it has then. */
uint16_t memory_location(struct machine *m, const volatile void *p, unsigned int size);

/* An access of any other kind, for machine_step(). */
struct access memory_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, const volatile void *p, unsigned int size);

/*
 * An access that loads, and one that stores. A location that is loaded and never stored to is a
 * plain object that a lock guards, looked at without the lock: its changes hide behind the locks.
 * The first store that is seen restarts the exploration.
 */
struct access memory_load_access(struct machine *m, const struct source_location *site,
    const volatile void *p, unsigned int size);
struct access memory_write_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, volatile void *p, unsigned int size);

/* Hands out zeroed memory of the arena, in setup. Refuses the implementation if there is no room.
 */
void *memory_alloc(struct machine *m, size_t align, size_t size);

/* Restores the memory to the end of setup. */
void memory_restore(struct machine *m);

/* From here on, in setup, the memory that is allocated is freed in an execution. */
void machine_freeable(struct machine *m);

/* In setup: executions store to this location, which need not be learnt from one. */
void machine_writes(struct machine *m, const void *p);

/* Whether freeing this location is a step: it is accessed, and not as a plain object under a lock.
 */
bool memory_free_is_step(const struct machine *m, size_t loc);

/* The locations where freeing is a step, as far as is known. */
void machine_frees(const struct machine *m, bool steps[MAX_ARENA]);

/* Begins with the knowledge of an earlier exploration. */
void machine_set_frees(struct machine *m, const bool steps[MAX_ARENA]);

#endif
