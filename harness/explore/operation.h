/* SPDX-License-Identifier: MIT */
/* Records the operations of an explored program. Called by its threads. */
#ifndef EXPLORE_OPERATION_H
#define EXPLORE_OPERATION_H

#include "harness/check/spec.h"
#include "harness/explore/machine_state.h"

/* Call and return of an operation. machine_call() returns the record that machine_return() needs.
 * `frame` is the caller's frame address: the frames of the operation are below it. */
struct op *machine_call(const struct source_location *site, enum spec_op kind, int device,
    int owner, const void *frame);
void machine_return(struct op *op, int result);

/* Records that one side accesses an object by plain accesses, which must be ordered with those of
 * other sides, see sync_work(). */
void machine_work(const struct source_location *site, unsigned int object, unsigned int side);

/* Returns the moment after the current thread's last step. */
struct moment machine_now(void);

/*
 * Returns true if `earlier`, a moment of `thread`, comes before `later`, a moment of another
 * thread. If `real` is set, compares their positions in this execution. Otherwise, `earlier` must
 * come first in every execution that the threads cannot distinguish from this one.
 */
static inline bool moment_before(
    const struct moment *earlier, int thread, const struct moment *later, bool real)
{
	return real ? earlier->stamp < later->stamp : later->clock[thread] >= earlier->index;
}

/* Returns the thread's operation that has been called and has not returned, or NULL. */
static inline const struct op *machine_open_op(const struct thread *t)
{
	return t->n_ops && !t->ops[t->n_ops - 1].returned ? &t->ops[t->n_ops - 1] : NULL;
}

#endif
