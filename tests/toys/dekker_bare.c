/* SPDX-License-Identifier: MIT */
/* No fence: under a store buffer both sides miss each other. */
#define BETWEEN ((void)0)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
