/* SPDX-License-Identifier: MIT */
/* Read-side sections of liburcu, built on membarrier(2): the reader needs no fence. */
#ifndef RCU_URCU_MEMB_H
#define RCU_URCU_MEMB_H

#include "annotate.h"

#ifndef ANNOTATE_THREAD_SANITIZER
#define _LGPL_SOURCE /* inlines the sections; the license permits this to MIT code */
#endif
#include <urcu/urcu-memb.h>

/* Addresses for annotate_acquire() and annotate_release(): readers_ended stands for the end of a
 * section, readers_waited for the end of a grace period. */
static char readers_ended, readers_waited;

static inline int readers_setup(void)
{
	/* Registers for membarrier(). Must be called before other threads exist: a later
	 * registration would wait for a grace period. */
	urcu_memb_init();
	return 0;
}

static inline int readers_thread_register(void)
{
	urcu_memb_register_thread();
	return 0;
}

static inline void readers_thread_unregister(void)
{
	urcu_memb_unregister_thread();
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
	urcu_memb_read_lock();
	annotate_acquire(&readers_waited);
}

static inline void reader_leave(void)
{
	annotate_release(&readers_ended);
	urcu_memb_read_unlock();
}

static inline void readers_wait(void)
{
	urcu_memb_synchronize_rcu();
	annotate_acquire(&readers_ended);
	annotate_release(&readers_waited);
}

#endif
