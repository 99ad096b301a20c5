/* SPDX-License-Identifier: MIT */
/* Read-side sections over liburcu with membarrier(): no fence in the reader. */
#ifndef RCU_URCU_MEMB_H
#define RCU_URCU_MEMB_H

#define _LGPL_SOURCE /* inlines the section; ours is MIT, which that permits */
#include <urcu/urcu-memb.h>

static inline int readers_setup(void)
{
	urcu_memb_init(); /* registers for membarrier(), which later would wait for a grace period
	                   */
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
}

static inline void reader_leave(void)
{
	urcu_memb_read_unlock();
}

static inline void readers_wait(void)
{
	urcu_memb_synchronize_rcu();
}

#endif
