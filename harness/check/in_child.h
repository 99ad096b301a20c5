/* SPDX-License-Identifier: MIT */
/* Runs a single-threaded task on an implementation in a child process, so that a crash or hang
 * there does not stop the caller. The child sets the implementation up. */
#ifndef HARNESS_CHECK_IN_CHILD_H
#define HARNESS_CHECK_IN_CHILD_H

#include <stddef.h>

#include "harness/check/hang_traces.h"
#include "harness/error.h"
#include "impl.h"

/* A task on an implementation. Returns 0, or -1 with the error set. What it writes to `outcome` is
 * returned to the caller even after a crash. */
typedef int child_task(
    const struct impl_ops *impl, const void *what, void *outcome, struct error *err);

enum task_end {
	TASK_FAILED = -1, /* the task returned -1 or could not start; the error is set */
	TASK_DONE,
	TASK_DIED, /* the implementation crashed or hung; the error is set */
};

/* Runs the task, and kills it after `seconds`, or earlier if it waits and nothing can wake it.
 * `outcome` has `size` bytes, which are zero when the task starts. `hung` is NULL, or has
 * HANG_TRACES_MAX bytes, which receive the call traces of the threads if the task hangs. */
enum task_end task_in_child(const struct impl_ops *impl, child_task *task, const void *what,
    void *outcome, size_t size, unsigned int seconds, char *hung, struct error *err);

#endif
