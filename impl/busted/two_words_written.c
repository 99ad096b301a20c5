/* SPDX-License-Identifier: MIT */
/* Negative control: the owner and the count are two words, and the stores to them are not ordered.
 * On Arm a probe can find a driver's count beside the last user, and is refused for nothing. */
#define SUMMARY "owner and count in two words, which are written without any order"
#define WRITE memory_order_relaxed
#define READ memory_order_acquire
#include "two_words.h"
