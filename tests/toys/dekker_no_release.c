/* SPDX-License-Identifier: MIT */
/* The flags are lowered without release, so the next holder is not ordered after this one. */
#define BETWEEN atomic_thread_fence(memory_order_seq_cst)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_relaxed
#include "dekker.h"
