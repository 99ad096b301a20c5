/* SPDX-License-Identifier: MIT */
/*
 * What a function needs its caller to hold, said in code as the kernel says it. Where locks are
 * watched (harness/explore/standin.h) it is looked at; in any other build it is nothing.
 */
#ifndef IMPL_HELD_H
#define IMPL_HELD_H

struct device;
struct lock;

/* Of the device's own lock, which the driver core holds around probe and remove. */
static inline void device_lock_assert(const struct device *dev)
{
	(void)dev;
}

static inline void lockdep_assert_held(const struct lock *lock)
{
	(void)lock;
}

#endif
