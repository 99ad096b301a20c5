/* SPDX-License-Identifier: MIT */
/* The fence does not order an earlier store before a later load; it orders everything else. */
#define BETWEEN atomic_thread_fence(memory_order_acq_rel)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
