/* SPDX-License-Identifier: MIT */
/* The fence orders everything except a store before a later load. */
#define BETWEEN atomic_thread_fence(memory_order_acq_rel)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
