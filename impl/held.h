/* SPDX-License-Identifier: MIT */
/*
 * Assertions that a lock is held, named as in the kernel. The explorer replaces them with real
 * checks (harness/explore/standin.h); in other builds they do nothing.
 */
#ifndef IMPL_HELD_H
#define IMPL_HELD_H

struct device;
struct lock;

/* Asserts that the caller holds the device's own lock, which the driver core takes around probe and
 * remove. */
static inline void device_lock_assert(const struct device *dev)
{
	(void)dev;
}

static inline void lockdep_assert_held(const struct lock *lock)
{
	(void)lock;
}

#endif
