/* SPDX-License-Identifier: MIT */
/*
 * Data races of plain accesses, as C11 defines them: two threads access a byte, at least one of
 * them writes, at least one access is plain, and happens-before (sync.h) orders neither after the
 * other. The compiler calls a hook at each plain access (hook_plain.c). Stacks are not judged, nor
 * are atomic loads of an object that has plain stores only (ACCESS_PEEK).
 *
 * A plain access is no step, because no other thread can tell when an ordered access happens. After
 * a data race the exploration restarts, and plain accesses to its bytes are steps, so that it also
 * finds what the race does to results.
 */
#ifndef EXPLORE_DATA_RACE_H
#define EXPLORE_DATA_RACE_H

#include <stdio.h>

#include "harness/explore/machine_state.h"

void data_race_reset(struct machine *m);

/* Judges a plain access of the current thread, and records it. `pc` is the address to which its
 * hook returns. Must be called before the access takes effect. */
void data_race_plain(
    struct machine *m, const void *pc, const volatile void *p, size_t size, bool writes);

/* Judges an atomic access of the current thread against plain accesses, and records it. Must be
 * called after machine_step() of the access, and before what it releases is computed. */
void data_race_atomic(struct machine *m, const struct access *a);

/* Forgets the accesses to a byte of the arena that is allocated again. */
void data_race_forget(struct machine *m, size_t loc);

/* Makes plain accesses to all bytes with data races steps of the next executions. Returns false if
 * they are already. */
bool data_race_schedule(struct machine *m);

/* Makes plain accesses to these bytes steps. */
void data_race_schedule_these(struct machine *m, const bool bytes[MAX_BYTES]);

/* Returns the source location of the access whose hook returns to `pc`. It is valid in this
 * process, and names no line before data_race_name_sites(). */
const struct source_location *data_race_site(const void *pc, const char *what);

/* Finds the lines of all these locations. Must not be called by an explored thread. */
void data_race_name_sites(void);

/* Prints both places of a data race, if one was found. */
void data_race_print(FILE *out, const struct data_race *race);

#endif
