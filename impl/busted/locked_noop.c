/* SPDX-License-Identifier: MIT */
/* Negative control: C's counterpart of "lock; addl $0". On x86, an atomic addition of 0 is a full
 * fence. In C11 the addition orders nothing, even if it is sequentially consistent, because the
 * other side does not access the word. */
#define CONTROL_SUMMARY "device_slots_unguarded, but a locked no-op takes the place of a full fence"
#define PUBLISH(slot, tag)                                                 \
	do {                                                               \
		static _Atomic(uint64_t) word;                             \
		atomic_store_explicit(slot, tag, memory_order_relaxed);    \
		atomic_fetch_add_explicit(&word, 0, memory_order_seq_cst); \
	} while (0)
#define LOOK memory_order_acquire
#include "device_slots_over.h"
