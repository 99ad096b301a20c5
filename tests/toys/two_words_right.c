/* SPDX-License-Identifier: MIT */
/* Exact: what busted_two_words_written and busted_two_words_read would be with both orders. */
#define SUMMARY "owner and count in two words"
#define WRITE memory_order_release
#define ADD memory_order_release
#define READ memory_order_acquire
#include "../../impl/busted/two_words.h"
