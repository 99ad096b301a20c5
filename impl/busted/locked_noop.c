/* SPDX-License-Identifier: MIT */
/* Negative control: "lock; addl $0" in C. A no-op on a word that the other side does not touch is a
 * full fence on x86, and orders nothing in C11, although it is sequentially consistent. */
#define SUMMARY "device_slots, but a locked no-op stands for a full fence"
#define PUBLISH(slot, tag)                                                 \
	do {                                                               \
		static _Atomic(uint64_t) word;                             \
		atomic_store_explicit(slot, tag, memory_order_relaxed);    \
		atomic_fetch_add_explicit(&word, 0, memory_order_seq_cst); \
	} while (0)
#define LOOK memory_order_acquire
#include "device_slots_over.h"
