/* SPDX-License-Identifier: MIT */
/*
 * Loops that only wait, such as `while (atomic_load(&now) != ticket) ;`.
 *
 * A thread that is back at an access with the same registers and stack, and whose only step since
 * then was this access, which changed nothing, will repeat it until the location changes. So it
 * waits, as in explore_yield(). A loop that counts its tries, in a register or on the stack, is in
 * another state each time, and is not taken for one that waits.
 *
 * explore_load(), explore_rmw() and explore_cas() begin in assembly (spin.c), which notes the
 * registers that the compiler may keep across calls. On other architectures than x86-64 and
 * aarch64 no loop is recognized: an execution that spins is abandoned after a number of steps.
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

/* The second parts of the hooks explore_load(), explore_rmw() and explore_cas(). */
uint64_t spin_load(
    const struct source_location *site, const volatile void *p, unsigned int size, int order);
uint64_t spin_rmw(const struct source_location *site, volatile void *p, unsigned int size,
    enum rmw op, uint64_t operand, int order);
bool spin_cas(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t *expected, uint64_t desired, int success, int failure, bool weak);

/* Called at a plain store outside of the stack: the loop that the thread may be in does not only
 * wait. */
static inline void spin_stop(struct thread *t)
{
	t->spin.site = NULL;
}

/* Called before an access at `site`: if the current thread only repeats its last step, waits until
 * the location of that step changes. */
void spin_wait(struct machine *m, const struct source_location *site);

#endif
