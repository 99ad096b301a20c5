/* SPDX-License-Identifier: MIT */
/* Read-side sections over liburcu's quiescent states: a section costs nothing, the thread tells now
 * and then that it is in none. */
#ifndef RCU_URCU_QSBR_H
#define RCU_URCU_QSBR_H

#include "annotate.h"

#ifndef ANNOTATE_THREAD_SANITIZER
#define _LGPL_SOURCE /* inlines the section; ours is MIT, which that permits */
#endif
#include <urcu/urcu-qsbr.h>

/* What ThreadSanitizer is told: quiescent states, which is what a wait here waits for, and waits
 * that ended. */
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
