/* SPDX-License-Identifier: MIT */
/* Negative control: a broken release sequence. The first driver's store of the count releases the
 * owner; a second driver's store of the count is relaxed, and ends the release sequence. A probe
 * that reads the second count can still read the last user as owner, and is refused without
 * reason. */
#define SUMMARY "owner and count in two words; only the first store of the count is a release"
#define WRITE memory_order_release
#define ADD memory_order_relaxed
#define READ memory_order_acquire
#include "two_words.h"
