/* SPDX-License-Identifier: MIT */
/* A fence that orders everything but the store with the load. */
#define BETWEEN atomic_thread_fence(memory_order_acq_rel)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
