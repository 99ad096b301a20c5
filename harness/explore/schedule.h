/* SPDX-License-Identifier: MIT */
/* Runs the threads. Each is a coroutine that runs until its next step, and continues when the
 * search chooses it. */
#ifndef EXPLORE_SCHEDULE_H
#define EXPLORE_SCHEDULE_H

#include "harness/explore/machine_state.h"

enum { STACK_SIZE = 64 << 10 };

/* Runs each thread up to its first access. This is the root of the search. */
void machine_start_threads(struct machine *m);

/* Runs the started threads until the execution ends. */
void machine_run_threads(struct machine *m);

/* Waits until the search chooses the current thread, whose next access is `a`; then records the
 * event of the access. The caller performs the access afterwards. */
void machine_step(struct machine *m, struct access a);

/* Ends the waits of other threads for thread t. If `section`, they waited for its read-side
 * section, otherwise for its buffered stores. The events with which these waits end come after the
 * clock `now`. */
void machine_stop_waiting(struct machine *m, int t, bool section, vclock now);

/*
 * Refuses the implementation: the machine has no room for what it does, or no stand-in. The format
 * gives the reason. Ends the execution, or the code that runs outside of one; the machine must not
 * run again.
 */
_Noreturn void machine_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Reports a use of memory that was freed or never allocated. Call it only during an execution. */
void machine_use_of_dead(const struct source_location *site);

#endif
