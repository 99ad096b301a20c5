/* SPDX-License-Identifier: MIT */
/* What one thread does with an implementation in a process of its own, which sets it up: there it
 * may crash or wait for ever. */
#ifndef HARNESS_CHECK_ALONE_H
#define HARNESS_CHECK_ALONE_H

#include <stddef.h>

#include "harness/error.h"
#include "impl.h"

/* -1: it could not be done, and why. What is written to `outcome` is there beyond a crash. */
typedef int alone_task(
    const struct impl_ops *impl, const void *what, void *outcome, struct error *err);

enum alone_end {
	ALONE_FAILED = -1, /* the task, or what it takes to begin it; the error is set */
	ALONE_DONE,
	ALONE_DIED, /* the implementation crashed, or had not returned in time; likewise */
};

/* `outcome`: `size` bytes, which the task finds zeroed. It is given so many seconds. */
enum alone_end alone(const struct impl_ops *impl, alone_task *task, const void *what, void *outcome,
    size_t size, unsigned int seconds, struct error *err);

#endif
