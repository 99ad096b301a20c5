/* SPDX-License-Identifier: MIT */
/* A probe asserts that the lock of an object is held, but the object is not a device. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl
#include "held.h"

static int locks_none_use(struct device *dev)
{
	device_lock_assert(dev + 1);
	return mutex_count_use(dev);
}

#define USE locks_none_use
#include "table.h"
