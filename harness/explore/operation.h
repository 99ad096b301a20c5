/* SPDX-License-Identifier: MIT */
/* Records the operations of the explored program. Called from a thread's body. */
#ifndef EXPLORE_OPERATION_H
#define EXPLORE_OPERATION_H

#include "harness/check/spec.h"
#include "harness/explore/machine_state.h"

/* Call and return of an operation. machine_call() returns the record to pass to machine_return().
 * `frame` is the caller's frame address: the operation's own frames are below it. */
struct op *machine_call(const struct source_location *site, enum spec_op kind, int device,
    int owner, const void *frame);
void machine_return(struct op *op, int result);

/* Records plain accesses of one side to an object. Accesses of different sides must be ordered,
 * see sync_work(). */
void machine_work(const struct source_location *site, unsigned int object, unsigned int side);

/* Returns the moment after the current thread's last step. */
struct moment machine_now(void);

/*
 * Returns true if `earlier`, a moment of `thread`, comes before `later`, a moment of another
 * thread. If `real`, compares their positions in this execution. Otherwise requires the order to
 * hold in every execution that the threads cannot tell apart from this one.
 */
static inline bool moment_before(
    const struct moment *earlier, int thread, const struct moment *later, bool real)
{
	return real ? earlier->stamp < later->stamp : later->clock[thread] >= earlier->index;
}

#endif
