/* SPDX-License-Identifier: MIT */
/*
 * Detects loops that only wait, such as `while (atomic_load(&now) != ticket) ;`.
 *
 * A thread waits if it is back at an access with the same registers and stack, and took no other
 * step in between, and the access changed nothing: it would repeat this access until the location
 * changes. So the thread is blocked until then, as by explore_yield(). A loop that counts its
 * tries, in a register or on the stack, has a different state each time and is not affected.
 *
 * explore_load(), explore_rmw() and explore_cas() begin in assembly (spin.c), which stores the
 * callee-saved registers. On architectures other than x86-64 and arm64, loops are not detected.
 * There an execution that spins is abandoned after a number of steps.
 */
#ifndef EXPLORE_SPIN_H
#define EXPLORE_SPIN_H

#include "harness/explore/hook.h"
#include "harness/explore/machine_state.h"

#if !defined(__x86_64__) && !defined(__aarch64__)
#define spin_load explore_load
#define spin_rmw explore_rmw
#define spin_cas explore_cas
#endif

/* Called by the assembly code of explore_load(), explore_rmw() and explore_cas(). */
uint64_t spin_load(
    const struct source_location *site, const volatile void *p, unsigned int size, int order);
uint64_t spin_rmw(const struct source_location *site, volatile void *p, unsigned int size,
    enum rmw op, uint64_t operand, int order);
bool spin_cas(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t *expected, uint64_t desired, int success, int failure, bool weak);

/* Called when the thread stores to memory outside of its stack: its current loop does more than
 * wait. */
static inline void spin_stop(struct thread *t)
{
	t->spin.site = NULL;
}

/* Called before an access at `site`. If the current thread only repeats its last step, waits until
 * the location of that step changes. */
void spin_wait(struct machine *m, const struct source_location *site);

#endif
