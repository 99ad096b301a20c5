/* SPDX-License-Identifier: MIT */
/* A task of one thread with an implementation, in a child process that sets the implementation up:
 * there it may crash or wait for ever. */
#ifndef HARNESS_CHECK_IN_CHILD_H
#define HARNESS_CHECK_IN_CHILD_H

#include <stddef.h>

#include "harness/error.h"
#include "impl.h"

/* Returns 0, or -1 with the error set. What is written to `outcome` survives a crash. */
typedef int child_task(
    const struct impl_ops *impl, const void *what, void *outcome, struct error *err);

enum task_end {
	TASK_FAILED = -1, /* the task returned -1, or could not begin; the error is set */
	TASK_DONE,
	TASK_DIED, /* the implementation crashed, or did not return in time; the error is set */
};

/* `outcome`: `size` bytes, which are zero when the task begins. The task is killed after `seconds`.
 */
enum task_end task_in_child(const struct impl_ops *impl, child_task *task, const void *what,
    void *outcome, size_t size, unsigned int seconds, struct error *err);

#endif
