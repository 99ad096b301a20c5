/* SPDX-License-Identifier: MIT */
/* The fence that the user makes the driver pass may come before the driver's work: it does not
 * stand for a release behind that. */
#include "impl.h"

#include "asymmetric.h"

#define BETWEEN membarrier_light()
#define BETWEEN_USER membarrier_heavy()
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#define DRIVER_RELEASE memory_order_relaxed
#include "dekker.h"
