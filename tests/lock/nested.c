/* SPDX-License-Identifier: MIT */
/* One lock adapter (OVER_LOCK): threads that hold two locks at once, and release them in either
 * order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "lock/any.h"

enum { THREADS = 2, ROUNDS = 20000 };

struct counter {
	struct lock lock;
	unsigned int n; /* the lock guards it */
};

static struct counter outer, inner;

static void bump(struct counter *counter)
{
	unsigned int n = counter->n;

	__asm__ __volatile__("" ::: "memory"); /* a load and a store, as written */
	counter->n = n + 1;
}

static void *nest(void *arg)
{
	(void)arg;
	for (int i = 0; i < ROUNDS; i++) {
		struct counter *first = i % 2 ? &outer : &inner;
		struct counter *last = i % 2 ? &inner : &outer;

		lock_acquire(&outer.lock);
		bump(&outer);
		lock_acquire(&inner.lock);
		bump(&inner);
		lock_release(&first->lock);
		lock_release(&last->lock);
		lock_acquire(&inner.lock);
		bump(&inner);
		lock_release(&inner.lock);
	}
	return NULL;
}

static void two_at_once(void **state)
{
	pthread_t threads[THREADS];

	(void)state;
	assert_int_equal(lock_init(&outer.lock), 0);
	assert_int_equal(lock_init(&inner.lock), 0);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, nest, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(outer.n, THREADS * ROUNDS);
	assert_int_equal(inner.n, 2 * THREADS * ROUNDS);
	lock_destroy(&inner.lock);
	lock_destroy(&outer.lock);
}

/* What one thread has used and let go, another takes over: nodes may travel with a lock. */
static void *once(void *arg)
{
	struct counter *counter = arg;

	lock_acquire(&counter->lock);
	bump(counter);
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

		assert_int_equal(pthread_create(&thread, NULL, once, &counter), 0);
		pthread_join(thread, NULL);
		once(&counter);
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
