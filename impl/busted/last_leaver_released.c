/* SPDX-License-Identifier: MIT */
/* Negative control: 2+2W with release stores. Two threads store to two words, in opposite orders.
 * On Power, and in C11, the first store of each can take effect after the second store of the
 * other. */
#define SUMMARY "list_walk_repaired, but release stores decide which driver leaves last"
#define MARK memory_order_release
#include "last_leaver.h"
