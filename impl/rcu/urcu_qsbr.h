/* SPDX-License-Identifier: MIT */
/* Read-side sections of liburcu, built on quiescent states: a section costs nothing, but each
 * thread must report from time to time that it is in no section. */
#ifndef RCU_URCU_QSBR_H
#define RCU_URCU_QSBR_H

#include "annotate.h"

#ifndef ANNOTATE_THREAD_SANITIZER
#define _LGPL_SOURCE /* inlines the sections; the license permits this to MIT code */
#endif
#include <urcu/urcu-qsbr.h>

/* Addresses for annotate_acquire() and annotate_release(): readers_ended stands for a thread's
 * quiescent state, readers_waited for the end of a grace period. */
static char readers_ended, readers_waited;

static inline int readers_setup(void)
{
	return 0;
}

static inline int readers_thread_register(void)
{
	urcu_qsbr_register_thread();
	annotate_acquire(&readers_waited);
	return 0;
}

static inline void readers_thread_unregister(void)
{
	annotate_release(&readers_ended);
	urcu_qsbr_unregister_thread();
}

static inline void readers_quiescent(void)
{
	annotate_release(&readers_ended);
	urcu_qsbr_quiescent_state();
	annotate_acquire(&readers_waited);
}

static inline void readers_offline(void)
{
	annotate_release(&readers_ended);
	urcu_qsbr_thread_offline();
}

static inline void readers_online(void)
{
	urcu_qsbr_thread_online();
	annotate_acquire(&readers_waited);
}

static inline void reader_enter(void)
{
	urcu_qsbr_read_lock();
}

static inline void reader_leave(void)
{
	urcu_qsbr_read_unlock();
}

static inline void readers_wait(void)
{
	urcu_qsbr_synchronize_rcu();
	annotate_acquire(&readers_ended);
	annotate_release(&readers_waited);
}

#endif
