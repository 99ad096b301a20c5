/* SPDX-License-Identifier: MIT */
/*
 * Replaces functions that lifetime implementations use. The begin and the end of a use become
 * steps, and uses of freed memory are reported.
 *
 * A model replaces Concurrency Kit's hazard pointers (hazard.h), because the library keeps its
 * records in thread-local variables. The model guarantees only this: a scan waits until each record
 * has once been seen without the service after the service was retired.
 */
#ifndef EXPLORE_LIFETIME_STANDIN_H
#define EXPLORE_LIFETIME_STANDIN_H

#include "harness/explore/standin.h"
#include "lifetime/lifetime.h"

void explore_service_use(
    const struct source_location *site, struct consumer *user, struct service *service);
void explore_service_free(const struct source_location *site, struct service *service);

#define service_use(user, service) explore_service_use(SOURCE_LOCATION("use"), (user), (service))
#define service_free(service) explore_service_free(SOURCE_LOCATION("free"), (service))

/* -- hazard.h -- */

#define LIFETIME_HAZARD_H

/* explore_hazard() returns a thread's hazard pointer, or NULL if there is no such thread.
 * explore_self() returns the number of the current thread, or 0 outside of an execution. */
_Atomic(void *) *explore_hazard(int thread);
int explore_self(void);

typedef struct {
	void *next; /* the next service that waits to be freed */
} ck_hp_hazard_t;

#define hazard_mine explore_hazard(explore_self())
#define ck_hp_set(record, slot, service) \
	atomic_store_explicit((record), (void *)(service), memory_order_relaxed)
#define ck_hp_set_fence(record, slot, service)                                            \
	do {                                                                              \
		atomic_store_explicit((record), (void *)(service), memory_order_relaxed); \
		atomic_thread_fence(memory_order_seq_cst);                                \
	} while (0)

#define hazard_setup explore_nothing
#define hazard_thread_register explore_nothing
#define hazard_thread_unregister explore_nothing_at_all

static inline void hazard_clear(void)
{
	atomic_thread_fence(memory_order_release);
	atomic_store_explicit(hazard_mine, NULL, memory_order_relaxed);
}

static inline void hazard_wait(struct service *service)
{
	_Atomic(void *) *record;

	atomic_thread_fence(memory_order_seq_cst);
	for (int t = 0; (record = explore_hazard(t)); t++)
		while (atomic_load_explicit(record, memory_order_relaxed) == service)
			explore_yield(SOURCE_LOCATION("wait"));
	atomic_thread_fence(memory_order_acquire);
	service_free(service);
}

#endif
