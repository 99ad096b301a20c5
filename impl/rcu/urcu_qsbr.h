/* SPDX-License-Identifier: MIT */
/* Read-side sections over liburcu's quiescent states: a section costs nothing, the thread tells now
 * and then that it is in none. */
#ifndef RCU_URCU_QSBR_H
#define RCU_URCU_QSBR_H

#define _LGPL_SOURCE /* inlines the section; ours is MIT, which that permits */
#include <urcu/urcu-qsbr.h>

static inline int readers_setup(void)
{
	return 0;
}

static inline int readers_thread_register(void)
{
	urcu_qsbr_register_thread();
	return 0;
}

static inline void readers_thread_unregister(void)
{
	urcu_qsbr_unregister_thread();
}

static inline void readers_quiescent(void)
{
	urcu_qsbr_quiescent_state();
}

static inline void readers_offline(void)
{
	urcu_qsbr_thread_offline();
}

static inline void readers_online(void)
{
	urcu_qsbr_thread_online();
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
}

#endif
