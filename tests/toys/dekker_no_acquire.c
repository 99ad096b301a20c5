/* SPDX-License-Identifier: MIT */
/* The flags are read without acquire. */
#define BETWEEN atomic_thread_fence(memory_order_seq_cst)
#define ACQUIRE memory_order_relaxed
#define RELEASE memory_order_release
#include "dekker.h"
