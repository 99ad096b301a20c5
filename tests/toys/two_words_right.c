/* SPDX-License-Identifier: MIT */
/* Exact: busted_two_words_written and busted_two_words_read with both release stores and an acquire
 * load. */
#define SUMMARY "owner and count in two words"
#define WRITE memory_order_release
#define ADD memory_order_release
#define READ memory_order_acquire
#include "../../impl/busted/two_words.h"
