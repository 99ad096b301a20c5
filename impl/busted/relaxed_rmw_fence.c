/* SPDX-License-Identifier: MIT */
/* Negative control: a relaxed read-modify-write of another word takes the place of a full fence. On
 * x86 the read-modify-write acts as a full fence, but elsewhere it orders nothing. */
#define CONTROL_SUMMARY \
	"device_slots_unguarded, but a relaxed read-modify-write takes the place of a full fence"
#define PUBLISH(slot, tag)                                                 \
	do {                                                               \
		static _Atomic(uint64_t) other;                            \
		atomic_store_explicit(slot, tag, memory_order_relaxed);    \
		atomic_exchange_explicit(&other, 1, memory_order_relaxed); \
	} while (0)
#define LOOK memory_order_acquire
#include "device_slots_over.h"
