/* SPDX-License-Identifier: MIT */
#include "bench/claims/litmus.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "harness/measure/clock.h"
#include "harness/measure/delay.h"
#include "harness/measure/rendezvous.h"

enum { REMOVERS = 2, TRIALS = 4096, SKEWS = 32, LINE = 128 };

/* State of one trial. Each pointer and the mutex have a cache line each, so that a store can become
 * visible late. */
struct trial {
	struct {
		_Alignas(LINE) _Atomic(bool) bound;
	} device[REMOVERS];
	_Alignas(LINE) pthread_mutex_t mutex;
	bool missed[REMOVERS]; /* guarded by the mutex */
};

struct remover {
	_Alignas(LINE) _Atomic(uint32_t)
	    at; /* the trial that this remover has reached, counted from 1 */
	struct remover *other;
	struct trial *trials;
	unsigned int thread;
	bool store_first;
};

/* Starts both removers of a trial at about the same time, with a varying skew. The accesses are
 * relaxed, as in harness/measure/race_loop.h: the rendezvous must not order anything that only
 * the mutex should order. */
static void meet_remover(struct remover *r, uint32_t trial)
{
	atomic_store_explicit(&r->at, trial + 1, memory_order_relaxed);
	for (int spins = 0; atomic_load_explicit(&r->other->at, memory_order_relaxed) < trial + 1;
	     spins++) {
		if (spins >= RENDEZVOUS_SPINS)
			sched_yield();
	}
	if (trial / SKEWS % REMOVERS == r->thread)
		delay_turns(trial % SKEWS);
}

static void remove_one(const struct remover *r, struct trial *trial)
{
	const unsigned int self = r->thread, other = 1 - self;

	if (r->store_first)
		atomic_store_explicit(&trial->device[self].bound, false, memory_order_relaxed);
	pthread_mutex_lock(&trial->mutex);
	trial->missed[self] =
	    atomic_load_explicit(&trial->device[other].bound, memory_order_relaxed);
	pthread_mutex_unlock(&trial->mutex);
	if (!r->store_first)
		atomic_store_explicit(&trial->device[self].bound, false, memory_order_relaxed);
}

static void *remover_main(void *arg)
{
	struct remover *r = arg;

	for (uint32_t i = 0; i < TRIALS; i++) {
		meet_remover(r, i);
		remove_one(r, &r->trials[i]);
	}
	return NULL;
}

static void prepare_trials(struct trial *trials)
{
	for (size_t i = 0; i < TRIALS; i++) {
		for (size_t d = 0; d < REMOVERS; d++)
			atomic_init(&trials[i].device[d].bound, true);
		pthread_mutex_init(&trials[i].mutex, NULL);
	}
}

static void count_round(struct trial *trials, struct litmus_count *count)
{
	for (size_t i = 0; i < TRIALS; i++) {
		count->missed += trials[i].missed[0] && trials[i].missed[1];
		pthread_mutex_destroy(&trials[i].mutex);
	}
	count->trials += TRIALS;
}

/* Runs all trials of a round. The calling thread acts as the second remover. Returns 0, or -1
 * with the error set. */
static int run_round(struct trial *trials, bool store_first, struct error *err)
{
	struct remover removers[REMOVERS] = {{.at = 0}};
	pthread_t thread;

	for (unsigned int i = 0; i < REMOVERS; i++) {
		removers[i].other = &removers[1 - i];
		removers[i].trials = trials;
		removers[i].thread = i;
		removers[i].store_first = store_first;
	}
	if (pthread_create(&thread, NULL, remover_main, &removers[0]))
		return error_set(err, "cannot start a thread");
	remover_main(&removers[1]);
	pthread_join(thread, NULL);
	return 0;
}

int litmus_two_removers(
    bool store_first, double seconds, struct litmus_count *count, struct error *err)
{
	const uint64_t end = clock_ns() + (uint64_t)(seconds * 1e9);
	struct trial *trials = aligned_alloc(LINE, TRIALS * sizeof(*trials));
	int ret = 0;

	if (!trials)
		return error_set(err, "cannot allocate memory for %d trials", TRIALS);
	*count = (struct litmus_count){0};
	do {
		prepare_trials(trials);
		ret = run_round(trials, store_first, err);
		if (!ret)
			count_round(trials, count);
	} while (!ret && clock_ns() < end);
	free(trials);
	return ret;
}
