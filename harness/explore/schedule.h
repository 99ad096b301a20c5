/* SPDX-License-Identifier: MIT */
/* The threads: each is a coroutine that runs until its next step, and goes on when it is chosen. */
#ifndef EXPLORE_SCHEDULE_H
#define EXPLORE_SCHEDULE_H

#include "harness/explore/machine_state.h"

enum { STACK_SIZE = 64 << 10 };

/* Runs each thread up to its first access: the root of the search. */
void machine_start_threads(struct machine *m);

/* Lets the started threads move until the execution ends. */
void machine_run_threads(struct machine *m);

/* Waits until the scheduler chooses this access of the current thread, then records its event. */
void machine_step(struct machine *m, struct access a);

/*
 * Threads that wait for thread t no longer have to: for its section, or else for its stores. `now`
 * is the clock that they come after.
 */
void machine_stop_waiting(struct machine *m, int t, bool section, vclock now);

/*
 * The implementation cannot be explored, for this reason: the machine has no room for what it does,
 * or no stand-in. Ends the execution, or the code that runs outside of one; nothing more can be
 * run.
 */
_Noreturn void machine_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* In an execution: memory is used that was freed, or that was never handed out. */
void machine_use_of_dead(const struct source_location *site);

#endif
