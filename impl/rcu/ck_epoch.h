/* SPDX-License-Identifier: MIT */
/* Read-side sections built on Concurrency Kit's epochs. */
#ifndef RCU_CK_EPOCH_H
#define RCU_CK_EPOCH_H

#include <ck_epoch.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#include "annotate.h"

enum {
	READERS_RECORD_SIZE =
	    (sizeof(ck_epoch_record_t) + CK_MD_CACHELINE - 1) / CK_MD_CACHELINE * CK_MD_CACHELINE
};

/* Addresses for annotate_acquire() and annotate_release(): readers_ended stands for the end of a
 * section, readers_waited for the end of a grace period. */
static char readers_ended, readers_waited;
static ck_epoch_t readers_epoch;
static _Thread_local ck_epoch_record_t *readers_record;

static inline int readers_setup(void)
{
	ck_epoch_init(&readers_epoch);
	return 0;
}

/* Registers the thread. The thread's record stays on the epoch's list forever, so it must outlive
 * the thread. A later thread reuses it. */
static inline int readers_thread_register(void)
{
	readers_record = ck_epoch_recycle(&readers_epoch, NULL);
	if (readers_record)
		return 0;
	readers_record = aligned_alloc(CK_MD_CACHELINE, READERS_RECORD_SIZE);
	if (!readers_record)
		return -ENOMEM;
	ck_epoch_register(&readers_epoch, readers_record, NULL);
	return 0;
}

static inline void readers_thread_unregister(void)
{
	ck_epoch_unregister(readers_record);
}

static inline void readers_quiescent(void)
{
}

static inline void readers_offline(void)
{
}

static inline void readers_online(void)
{
}

static inline void reader_enter(void)
{
	ck_epoch_begin(readers_record, NULL);
	annotate_acquire(&readers_waited);
}

static inline void reader_leave(void)
{
	annotate_release(&readers_ended);
	ck_epoch_end(readers_record, NULL);
}

/* Called in a loop while a grace period waits for a reader. If there are more threads than CPUs,
 * the reader may not be running. */
static inline void readers_yield(ck_epoch_t *epoch, ck_epoch_record_t *record, void *arg)
{
	(void)epoch;
	(void)record;
	(void)arg;
	sched_yield();
}

static inline void readers_wait(void)
{
	ck_epoch_synchronize_wait(&readers_epoch, readers_yield, NULL);
	annotate_acquire(&readers_ended);
	annotate_release(&readers_waited);
}

#endif
