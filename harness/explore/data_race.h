/* SPDX-License-Identifier: MIT */
/*
 * Data races of plain accesses, as C11 defines them: two threads access a byte, at least one of
 * them writes, at least one access is plain, and happens-before (sync.h) does not order the two.
 * The compiler inserts a call of a hook at each plain access (hook_plain.c). Accesses to stacks are
 * not checked, and neither are atomic loads of an object that has only plain stores (ACCESS_PEEK).
 *
 * A plain access is normally not a step: as long as happens-before orders it, no other thread can
 * observe when it takes effect. If a data race is found, the exploration restarts with plain
 * accesses to these bytes as steps, to find the effects of the race on results as well.
 */
#ifndef EXPLORE_DATA_RACE_H
#define EXPLORE_DATA_RACE_H

#include <stdio.h>

#include "harness/explore/machine_state.h"

void data_race_reset(struct machine *m);

/* A range of bytes, as indices. */
struct byte_range {
	size_t first, end;
};

/* Advances to the next range of bytes that may have been accessed in this execution. A zeroed range
 * comes before the first. Returns false if there is none. */
bool data_race_next_range(const struct machine *m, struct byte_range *range);

/* Checks and records a plain access of the current thread. `pc` is the return address of its hook.
 * Must be called before the access takes effect. */
void data_race_plain(
    struct machine *m, const void *pc, const volatile void *p, size_t size, bool writes);

/* Checks an atomic access of the current thread against plain accesses, and records it. Must be
 * called after the machine_step() of the access, and before the clock that it releases is
 * computed. */
void data_race_atomic(struct machine *m, const struct access *a);

/* Checks freeing bytes of the arena against earlier plain accesses to them. Later accesses use
 * freed memory, which is found when they happen. */
void data_race_free(
    struct machine *m, const struct source_location *site, size_t start, size_t size);

/* Forgets all accesses to a byte of the arena, which is being allocated again. */
void data_race_forget(struct machine *m, size_t loc);

/* If data races were found on bytes whose plain accesses are not steps yet, makes these accesses
 * steps and returns true. Otherwise returns false. */
bool data_race_schedule(struct machine *m);

/* Makes plain accesses to the given bytes steps. */
void data_race_schedule_these(struct machine *m, const bool bytes[MAX_BYTES]);

/* Returns the source location of the plain access whose hook returns to `pc`. Valid only in this
 * process. Has file and line only after data_race_name_sites(). */
const struct source_location *data_race_site(const void *pc, const char *what);

/* Finds file and line of all locations from data_race_site(). Must not be called by an explored
 * thread. */
void data_race_name_sites(void);

/* Prints where freed memory was used: the line of the return address `pc` of a plain access, or the
 * site if `pc` is NULL. */
void data_race_print_dead(FILE *out, const void *pc, const struct source_location *site);

/* Prints both accesses of a data race, if one was found. */
void data_race_print(FILE *out, const struct data_race *race);

#endif
