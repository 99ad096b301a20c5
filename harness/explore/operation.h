/* SPDX-License-Identifier: MIT */
/* Operations of the explored program: called by a thread's body. */
#ifndef EXPLORE_OPERATION_H
#define EXPLORE_OPERATION_H

#include "harness/check/spec.h"
#include "harness/explore/machine_state.h"

/* Around an operation. */
struct op *machine_call(
    const struct source_location *site, enum spec_op kind, int device, int owner);
void machine_return(struct op *op, int result);

/* Plain accesses of one side to an object; sides must be ordered, see sync_work(). */
void machine_work(const struct source_location *site, unsigned int object, unsigned int side);

/* The moment after the last step of the current thread. */
struct moment machine_now(void);

/* Whether `earlier` of `thread` comes before `later` of another thread: in the order of this
 * execution (`real`), or in every execution that no thread can tell from it. */
static inline bool moment_before(
    const struct moment *earlier, int thread, const struct moment *later, bool real)
{
	return real ? earlier->stamp < later->stamp : later->clock[thread] >= earlier->index;
}

#endif
