/* SPDX-License-Identifier: MIT */
/*
 * A barrier that releases its threads within a cache miss of each other. Waiting threads spin,
 * because a wake-up takes longer than the operations measured after the barrier. After a long wait
 * they yield, because there may be more threads than CPUs.
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
	int spins; /* how often a waiting thread spins before it yields: see rendezvous_spins() */
};

/* If every thread has a CPU, waiting threads spin longer: on a busy machine, an early yield gives
 * away the time slice in which the other threads would arrive. */
enum { RENDEZVOUS_SPINS = 10000, RENDEZVOUS_SPINS_PATIENT = 1000 * RENDEZVOUS_SPINS };

static inline int rendezvous_spins(unsigned int nr_threads, unsigned int nr_cpus)
{
	return nr_cpus < nr_threads ? RENDEZVOUS_SPINS : RENDEZVOUS_SPINS_PATIENT;
}

/* Returns true for the last thread to arrive, which must call rendezvous_release(). All other
 * threads must call rendezvous_wait(). */
static inline bool rendezvous_arrive(struct rendezvous *r, unsigned int *round)
{
	*round = atomic_load_explicit(&r->round, memory_order_relaxed);
	/* acq_rel: the increments synchronize with each other, so the last thread to arrive sees
	 * what all threads did before. */
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
