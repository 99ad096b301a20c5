/* SPDX-License-Identifier: MIT */
/* Negative control: the owner and the count are two words, and their stores are not ordered. On Arm
 * a probe can read a driver's count together with the last user as owner, and is refused without
 * reason. */
#define SUMMARY "owner and count in two words, which are written without ordering"
#define WRITE memory_order_relaxed
#define ADD memory_order_relaxed
#define READ memory_order_acquire
#include "two_words.h"
