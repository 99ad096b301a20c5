/* SPDX-License-Identifier: MIT */
/* Concurrency Kit's hazard pointers. Each thread has one, which names the service that it uses. */
#ifndef LIFETIME_HAZARD_H
#define LIFETIME_HAZARD_H

#include <ck_hp.h>
#include <sched.h>
#include <stdlib.h>

#include "annotate.h"
#include "lifetime.h"

/* A thread's record. It stays on the library's list forever; a later thread reuses it. */
struct hazard_record {
	ck_hp_record_t record;
	void *pointers[1];
};

enum {
	HAZARD_RECORD_SIZE =
	    (sizeof(struct hazard_record) + CK_MD_CACHELINE - 1) / CK_MD_CACHELINE * CK_MD_CACHELINE
};

/* Address for annotate_acquire() and annotate_release(): stands for the end of a use. */
static char hazards_cleared;
static ck_hp_t hazards;
static _Thread_local ck_hp_record_t *hazard_mine;

static void hazard_destroy(void *service)
{
	annotate_acquire(&hazards_cleared);
	/* acquire: pairs with the release fence in hazard_clear(), whose store the scan has
	 * read. */
	atomic_thread_fence(memory_order_acquire);
	service_free(service);
}

static inline int hazard_setup(void)
{
	ck_hp_init(&hazards, 1, 1, hazard_destroy);
	return 0;
}

static inline int hazard_thread_register(void)
{
	struct hazard_record *mine;

	hazard_mine = ck_hp_recycle(&hazards);
	if (hazard_mine)
		return 0;
	mine = aligned_alloc(CK_MD_CACHELINE, HAZARD_RECORD_SIZE);
	if (!mine)
		return -ENOMEM;
	mine->pointers[0] = NULL;
	hazard_mine = &mine->record;
	ck_hp_register(&hazards, hazard_mine, mine->pointers);
	return 0;
}

static inline void hazard_thread_unregister(void)
{
	ck_hp_unregister(hazard_mine);
}

static inline void hazard_clear(void)
{
	annotate_release(&hazards_cleared);
	/* release: pairs with the fence in hazard_destroy(), so that the use happens before the
	 * free. */
	atomic_thread_fence(memory_order_release);
	ck_hp_set(hazard_mine, 0, NULL);
}

/* The library's record of a service that waits to be freed. It is part of the service's state. */
static inline ck_hp_hazard_t *hazard_of(struct service *service)
{
	return (ck_hp_hazard_t *)service->state;
}

/* Frees a service when no hazard pointer names it any more. The caller has cleared the provider's
 * pointer to it. */
static inline void hazard_wait(struct service *service)
{
	/* seq_cst: pairs with the fence between a hazard's store and the second check of the
	 * pointer. Either that check sees the pointer cleared, or the scan sees the hazard. */
	atomic_thread_fence(memory_order_seq_cst);
	ck_hp_retire(hazard_mine, hazard_of(service), service, service);
	for (;;) {
		ck_hp_reclaim(hazard_mine);
		if (!hazard_mine->n_pending)
			return;
		sched_yield(); /* the consumer that this waits for may not be running */
	}
}

#endif
