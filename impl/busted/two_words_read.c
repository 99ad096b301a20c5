/* SPDX-License-Identifier: MIT */
/* Negative control: the owner and the count are two words, and their loads are not ordered. On Arm
 * a probe can read a driver's count together with the last user as owner, and is refused without
 * reason. */
#define SUMMARY "owner and count in two words, which are read without ordering"
#define WRITE memory_order_release
#define ADD memory_order_release
#define READ memory_order_relaxed
#include "two_words.h"
