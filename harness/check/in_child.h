/* SPDX-License-Identifier: MIT */
/* Runs a single-threaded task in a child process, which first sets up the implementation. A crash
 * or hang of the implementation does not stop the caller. */
#ifndef HARNESS_CHECK_IN_CHILD_H
#define HARNESS_CHECK_IN_CHILD_H

#include <stddef.h>

#include "harness/check/hang_traces.h"
#include "harness/error.h"
#include "impl.h"

/* A task that uses an implementation. Returns 0, or -1 with the error set. The caller receives the
 * contents of `outcome` even if the task crashes. */
typedef int child_task(
    const struct impl_ops *impl, const void *what, void *outcome, struct error *err);

enum task_end {
	TASK_FAILED = -1, /* the task returned -1 or could not start; the error is set */
	TASK_DONE,
	TASK_DIED, /* the implementation crashed or hung; the error is set */
};

/* Runs the task. Kills it after `seconds`, or earlier if its threads wait and none can be woken.
 * `outcome` has `size` bytes, which are zero when the task starts. `hung` is NULL, or has
 * HANG_TRACES_MAX bytes; if the task hangs, they receive its threads' call traces. */
enum task_end task_in_child(const struct impl_ops *impl, child_task *task, const void *what,
    void *outcome, size_t size, unsigned int seconds, char *hung, struct error *err);

#endif
