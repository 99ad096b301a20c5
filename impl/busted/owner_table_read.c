/* SPDX-License-Identifier: MIT */
/* Negative control: message passing with relaxed loads. A claim's loads of the count of owners and
 * of an entry are not ordered, so it can read the new count and the old entry. */
#define SUMMARY "packed_cas with a table of owners that is read without ordering"
#define WRITE memory_order_release
#define READ memory_order_relaxed
#include "owner_table.h"
