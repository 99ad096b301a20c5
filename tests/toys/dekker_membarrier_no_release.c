/* SPDX-License-Identifier: MIT */
/* The fence that a user forces on the driver's thread can come before the driver's work, so it does
 * not replace the release after that work. */
#include "impl.h"

#include "asymmetric.h"

#define BETWEEN membarrier_light()
#define BETWEEN_USER membarrier_heavy()
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#define DRIVER_RELEASE memory_order_relaxed
#include "dekker.h"
