/* SPDX-License-Identifier: MIT */
/* Correct: a full fence separates the store and the load. */
#define BETWEEN atomic_thread_fence(memory_order_seq_cst)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
