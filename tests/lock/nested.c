/* SPDX-License-Identifier: MIT */
/* Tests one lock adapter (OVER_LOCK) with threads that hold two locks at once and release them
 * in either order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#include "lock/any.h"

/* HANDOVERS is small, because a fair spinlock whose waiters have no CPU is handed over only once
 * per time slice. */
enum { THREADS = 2, ROUNDS = 20000, HANDOVERS = 1000 };

struct counter {
	struct lock lock; /* guards the fields below */
	unsigned int n;
	unsigned int handovers; /* how often the lock passed from one thread to the other */
	const void *holder;     /* the thread that held the lock last */
};

static struct counter outer, inner;

static void bump_counter(struct counter *counter)
{
	unsigned int n = counter->n;

	__asm__ __volatile__("" ::: "memory"); /* keeps the load and the store as written */
	if (!(n & (n - 1)))
		sched_yield(); /* yields between load and store, but less and less often */
	counter->n = n + 1;
}

/* One of the two threads, which start at the same time. */
struct nester {
	pthread_barrier_t *start;
	unsigned int rounds; /* out: number of rounds done */
};

/* Returns whether the lock, which `nester` holds, has been handed over often enough. */
static bool is_enough(struct counter *counter, const struct nester *nester)
{
	counter->handovers += counter->holder != nester;
	counter->holder = nester;
	return counter->handovers >= HANDOVERS;
}

static void *nest_locks(void *arg)
{
	struct nester *nester = arg;
	bool enough = false;

	pthread_barrier_wait(nester->start);
	for (unsigned int i = 0; i < ROUNDS && !enough; i++) {
		struct counter *first = i % 2 ? &outer : &inner;
		struct counter *last = i % 2 ? &inner : &outer;

		lock_acquire(&outer.lock);
		bump_counter(&outer);
		enough = is_enough(&outer, nester);
		lock_acquire(&inner.lock);
		bump_counter(&inner);
		lock_release(&first->lock);
		lock_release(&last->lock);
		lock_acquire(&inner.lock);
		bump_counter(&inner);
		lock_release(&inner.lock);
		nester->rounds++;
	}
	return NULL;
}

static void two_at_once(void **state)
{
	pthread_t threads[THREADS];
	pthread_barrier_t start;
	struct nester nesters[THREADS];
	unsigned int rounds = 0;

	(void)state;
	pthread_barrier_init(&start, NULL, THREADS);
	assert_int_equal(lock_init(&outer.lock), 0);
	assert_int_equal(lock_init(&inner.lock), 0);
	for (int i = 0; i < THREADS; i++) {
		nesters[i] = (struct nester){.start = &start};
		assert_int_equal(pthread_create(&threads[i], NULL, nest_locks, &nesters[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		rounds += nesters[i].rounds;
	}
	assert_int_equal(outer.n, rounds);
	assert_int_equal(inner.n, 2 * rounds);
	pthread_barrier_destroy(&start);
	lock_destroy(&inner.lock);
	lock_destroy(&outer.lock);
}

/* A lock's nodes may move between threads with the lock, so each thread reuses nodes that the other
 * has released. */
static void *bump_once(void *arg)
{
	struct counter *counter = arg;

	lock_acquire(&counter->lock);
	bump_counter(counter);
	lock_release(&counter->lock);
	return NULL;
}

static void outlives_its_threads(void **state)
{
	struct counter counter = {.n = 0};

	(void)state;
	assert_int_equal(lock_init(&counter.lock), 0);
	for (int i = 0; i < 10; i++) {
		pthread_t thread;

		assert_int_equal(pthread_create(&thread, NULL, bump_once, &counter), 0);
		pthread_join(thread, NULL);
		bump_once(&counter);
	}
	assert_int_equal(counter.n, 20);
	lock_destroy(&counter.lock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_at_once),
	    cmocka_unit_test(outlives_its_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
