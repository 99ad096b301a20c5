/* SPDX-License-Identifier: MIT */
/* Runs the threads. Each is a coroutine that runs up to its next step, and continues when the
 * search chooses it. */
#ifndef EXPLORE_SCHEDULE_H
#define EXPLORE_SCHEDULE_H

#include "harness/explore/machine_state.h"

enum { STACK_SIZE = 64 << 10, HOOK_STACK_SIZE = 64 << 10 };

/* Runs each thread up to its first access: this is the root of the search. */
void machine_start_threads(struct machine *m);

/* Runs the threads until the execution ends. machine_start_threads() must come first. */
void machine_run_threads(struct machine *m);

/* Lets a process take its next step. m->stepping must be set, and the process be enabled. */
void machine_move(struct machine *m, int proc);

/* Returns the lowest frame of explored code on the stack of a thread that does not run. */
static inline const char *machine_frames(const struct thread *t)
{
	return t->hooks.caller ? (const char *)t->hooks.caller : context_stack(&t->context);
}

/* Waits until the search chooses the current thread, whose next access is `a`, and records the
 * access's event. The caller then performs the access. */
void machine_step(struct machine *m, struct access a);

/* Ends all waits of other threads for thread t: waits for its read-side section if `section` is
 * set, otherwise waits for its buffered stores. The event that ends such a wait is ordered after
 * the clock `now`. */
void machine_stop_waiting(struct machine *m, int t, bool section, vclock now);

/*
 * Refuses an implementation that the machine does not support, or for which a table is too small.
 * The message gives the reason. Ends the execution, or the setup or final check. Afterwards, the
 * machine must not run again.
 */
_Noreturn void machine_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Reports a use of memory that was freed or never allocated. Legal only during an execution. */
void machine_use_of_dead(const struct source_location *site);

#endif
