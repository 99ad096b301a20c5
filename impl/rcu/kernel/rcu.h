/* SPDX-License-Identifier: MIT */
/* The kernel's RCU. Grace periods are expedited, because a claim's caller waits for them. */
#ifndef RCU_KERNEL_RCU_H
#define RCU_KERNEL_RCU_H

#include <linux/rcupdate.h>

static inline int readers_setup(void)
{
	return 0;
}

static inline int readers_thread_register(void)
{
	return 0;
}

static inline void readers_thread_unregister(void)
{
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
	rcu_read_lock();
}

static inline void reader_leave(void)
{
	rcu_read_unlock();
}

static inline void readers_wait(void)
{
	synchronize_rcu_expedited();
}

#endif
