/* SPDX-License-Identifier: MIT */
/*
 * Detects loops that only wait, such as `while (atomic_load(&now) != ticket) ;`.
 *
 * A thread waits if it is back at an access with the same arguments, registers and stack, and took
 * no other step in between, and the access changed nothing: it would repeat this access until the
 * location changes. So the thread is blocked until then, as by explore_yield(). A loop that counts
 * its tries, in a register or on the stack, has a different state each time and is not affected.
 *
 * This needs the hook stack (hook_stack.h). On architectures without it, loops are not detected.
 * There an execution that spins is abandoned after a number of steps.
 */
#ifndef EXPLORE_SPIN_H
#define EXPLORE_SPIN_H

#include "harness/explore/hook.h"
#include "harness/explore/machine_state.h"

/* Called when the thread stores to memory outside of its stack: its current loop does more than
 * wait. */
static inline void spin_stop(struct thread *t)
{
	t->spin.site = NULL;
}

/* Called before an access at `site` with these arguments; those that it does not have are 0. If the
 * current thread only repeats its last step, waits until the location of that step changes. */
void spin_wait(struct machine *m, const struct source_location *site, const volatile void *p,
    uint64_t operand, uint64_t expected);

#endif
