/* SPDX-License-Identifier: MIT */
/*
 * What implementations of lifetime get from the harness, in the explorer: a use is a step when it
 * begins and one when it ends, and what is freed is dead.
 *
 * And a model of Concurrency Kit's hazard pointers for hazard.h, whose library keeps its records in
 * thread-local variables: what a scan promises is that it has seen each record without the name
 * once since the service was retired.
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

/* The word of a thread; NULL behind the last. And the number of the one that runs: outside of an
 * execution it is the first. */
_Atomic(void *) *explore_hazard(int thread);
int explore_self(void);

typedef struct {
	void *next; /* of what waits to be freed */
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
