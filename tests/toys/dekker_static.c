/* SPDX-License-Identifier: MIT */
/* Correct for one group: the flags are static variables. */
#define BETWEEN atomic_thread_fence(memory_order_seq_cst)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#define GROUP_STATE(group) (&the_flags)
#include "dekker.h"
