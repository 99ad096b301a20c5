/* SPDX-License-Identifier: MIT */
/*
 * The machine that explored threads run on. It runs one execution at a time; search.h decides which
 * process moves next, order.h keeps what happened before what.
 */
#ifndef EXPLORE_MACHINE_H
#define EXPLORE_MACHINE_H

#include "harness/explore/machine_state.h"

/*
 * Returns NULL with errno; EEXIST: there is a machine already. Implementations hash addresses, so
 * the machine's memory is always at the same one, whatever else it holds. Otherwise the devices
 * that share a slot would differ from run to run, and a counterexample would not replay.
 */
struct machine *machine_new(int n_threads, enum memory_model model);

/* Restores the static variables of the implementation. */
void machine_free(struct machine *m);

/*
 * Both call `act` where no thread runs: hooks act at once. In setup explore_alloc() hands out the
 * machine's memory; the next execution restores what `act` does at rest. False: `act` did not
 * return, as it waits for another thread, or machine_refuse() was called.
 */
bool machine_in_setup(struct machine *m, void (*act)(void *arg), void *arg);
bool machine_at_rest(struct machine *m, void (*act)(void *arg), void *arg);

/* Runs one execution from the initial memory. */
enum ending machine_run(struct machine *m);

#endif
