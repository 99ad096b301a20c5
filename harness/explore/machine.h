/* SPDX-License-Identifier: MIT */
/* The machine that runs explored threads, one execution at a time. search.h chooses which process
 * moves next, and order.h tracks the dependencies between steps. */
#ifndef EXPLORE_MACHINE_H
#define EXPLORE_MACHINE_H

#include "harness/explore/machine_state.h"

/*
 * Returns a new machine, or NULL with errno set, to EEXIST if a machine exists already. Free with
 * machine_free().
 *
 * The machine is always mapped at the same address, because implementations hash addresses. At a
 * random address, different devices would share a slot in each run, and a counterexample could not
 * be replayed.
 */
struct machine *machine_new(int n_threads, enum memory_model model);

/* Frees the machine and restores the implementation's static variables. */
void machine_free(struct machine *m);

/*
 * Both call `act` while no explored thread runs, so hooks take effect immediately. Both return
 * false if `act` did not return, because it called machine_refuse() or waits for another thread.
 *
 * machine_in_setup() is called before the first execution: explore_alloc() then allocates from the
 * machine's memory. machine_at_rest() is called after an execution: the next execution undoes the
 * effects of `act`.
 */
bool machine_in_setup(struct machine *m, void (*act)(void *arg), void *arg);
bool machine_at_rest(struct machine *m, void (*act)(void *arg), void *arg);

/* Begins an execution: runs each thread up to its first step. machine_end() ends it, or interrupts
 * it until machine_resume(). */
void machine_begin(struct machine *m);
void machine_resume(struct machine *m);
void machine_end(void);

/* Runs an execution that starts with the initial memory. Returns how it ended. */
enum ending machine_run(struct machine *m);

#endif
