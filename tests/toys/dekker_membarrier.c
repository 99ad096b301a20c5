/* SPDX-License-Identifier: MIT */
/* Right: a user makes the driver pass a fence. */
#include "impl.h"

#include "asymmetric.h"

#define BETWEEN membarrier_light()
#define BETWEEN_USER membarrier_heavy()
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
