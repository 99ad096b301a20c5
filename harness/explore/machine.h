/* SPDX-License-Identifier: MIT */
/* The machine that explored threads run on. It runs one execution at a time; search.h chooses
 * the process that moves next, and order.h tracks the dependencies between steps. */
#ifndef EXPLORE_MACHINE_H
#define EXPLORE_MACHINE_H

#include "harness/explore/machine_state.h"

/*
 * Returns a machine, or NULL with errno set; EEXIST means that a machine exists already. Free with
 * machine_free().
 *
 * The machine is always mapped at the same address, because implementations hash addresses.
 * Otherwise the devices that share a slot would differ from run to run, and a counterexample would
 * not replay.
 */
struct machine *machine_new(int n_threads, enum memory_model model);

/* Frees the machine and restores the implementation's static variables. */
void machine_free(struct machine *m);

/*
 * Both call `act` while no explored thread runs, so hooks take effect immediately.
 * machine_in_setup() is for the time before the first execution: explore_alloc() allocates from the
 * machine's memory. machine_at_rest() is for the time after an execution: the next execution undoes
 * the effects of `act`. Both return false if `act` did not return, because it waits for another
 * thread or machine_refuse() was called.
 */
bool machine_in_setup(struct machine *m, void (*act)(void *arg), void *arg);
bool machine_at_rest(struct machine *m, void (*act)(void *arg), void *arg);

/* Runs one execution from the initial memory. Returns how it ended. */
enum ending machine_run(struct machine *m);

#endif
