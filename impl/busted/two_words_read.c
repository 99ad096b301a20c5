/* SPDX-License-Identifier: MIT */
/* Negative control: the owner and the count are two words, and the loads of them are not ordered.
 * On Arm a probe can find a driver's count beside the last user, and is refused for nothing. */
#define SUMMARY "owner and count in two words, which are read without any order"
#define WRITE memory_order_release
#define READ memory_order_relaxed
#include "two_words.h"
