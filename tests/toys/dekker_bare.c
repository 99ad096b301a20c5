/* SPDX-License-Identifier: MIT */
/* No fence: with store buffers both sides can miss each other's flag. */
#define BETWEEN ((void)0)
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
