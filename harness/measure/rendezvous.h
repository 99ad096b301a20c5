/* SPDX-License-Identifier: MIT */
/*
 * A barrier that lets its threads go within a cache miss of each other: it spins, because waking
 * takes longer than what is measured behind it, and yields when that does not help, because there
 * may be more threads than CPUs.
 */
#ifndef HARNESS_MEASURE_RENDEZVOUS_H
#define HARNESS_MEASURE_RENDEZVOUS_H

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "harness/model/bus.h"

struct rendezvous {
	_Alignas(BUS_ALIGN) _Atomic(unsigned int) arrived;
	_Alignas(BUS_ALIGN) _Atomic(unsigned int) round;
	unsigned int nr_threads;
	int spins; /* before a thread that waits yields: see rendezvous_spins() */
};

/* With a CPU for each thread they meet in the time slices that they have at once: on a busy machine
 * whoever yields soon has lost his by the time that the others have theirs. */
enum { RENDEZVOUS_SPINS = 10000, RENDEZVOUS_SPINS_PATIENT = 1000 * RENDEZVOUS_SPINS };

static inline int rendezvous_spins(unsigned int nr_threads, unsigned int nr_cpus)
{
	return nr_cpus < nr_threads ? RENDEZVOUS_SPINS : RENDEZVOUS_SPINS_PATIENT;
}

/* True for one of the threads: the last to arrive, before the others go on. */
static inline bool rendezvous_arrive(struct rendezvous *r, unsigned int *round)
{
	*round = atomic_load_explicit(&r->round, memory_order_relaxed);
	/* acq_rel: pairs with itself in the other threads: the last sees what all did before. */
	return atomic_fetch_add_explicit(&r->arrived, 1, memory_order_acq_rel) + 1 == r->nr_threads;
}

static inline void rendezvous_release(struct rendezvous *r, unsigned int round)
{
	atomic_store_explicit(&r->arrived, 0, memory_order_relaxed);
	/* release: pairs with the acquire in rendezvous_wait(). */
	atomic_store_explicit(&r->round, round + 1, memory_order_release);
}

static inline void rendezvous_wait(struct rendezvous *r, unsigned int round)
{
	/* acquire: pairs with the release in rendezvous_release(). */
	for (int spins = 0; atomic_load_explicit(&r->round, memory_order_acquire) == round;
	     spins++) {
		if (spins >= r->spins)
			sched_yield();
	}
}

#endif
