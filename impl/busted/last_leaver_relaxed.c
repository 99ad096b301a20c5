/* SPDX-License-Identifier: MIT */
/* Negative control: 2+2W with relaxed stores. Two threads store to two words, in opposite orders.
 * On Arm the first store of each can take effect after the second store of the other. */
#define SUMMARY "list_walk_repaired, but relaxed stores decide which driver leaves last"
#define MARK memory_order_relaxed
#include "last_leaver.h"
