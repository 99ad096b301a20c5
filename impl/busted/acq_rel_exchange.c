/* SPDX-License-Identifier: MIT */
/* Negative control: an acquire-release exchange takes the place of a full fence. On x86 such an
 * exchange is a full fence. On Arm the load after it can be executed before its store, so a prober
 * and a user can miss each other. */
#define CONTROL_SUMMARY \
	"device_slots_unguarded, but an acquire-release exchange takes the place of a full fence"
#define PUBLISH(slot, tag) atomic_exchange_explicit(slot, tag, memory_order_acq_rel)
#define LOOK memory_order_acquire
#include "device_slots_over.h"
