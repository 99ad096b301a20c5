/* SPDX-License-Identifier: MIT */
/* Assertions that the caller holds a lock. A failed assertion counts as a violation. In the module
 * this header replaces impl/held.h, so it has the same include guard. */
#ifndef IMPL_HELD_H
#define IMPL_HELD_H

#include "harness/kernel/violation.h"

#define device_lock_assert(dev)                                      \
	do {                                                         \
		if (!bus_device_is_locked(dev))                      \
			violation_not_held("device_lock", __func__); \
	} while (0)

#undef lockdep_assert_held
#define lockdep_assert_held(lock)                            \
	do {                                                 \
		if (!lock_is_taken(lock))                    \
			violation_not_held(#lock, __func__); \
	} while (0)

#endif
