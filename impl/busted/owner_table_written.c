/* SPDX-License-Identifier: MIT */
/* Negative control: message passing with relaxed stores. The stores of a new owner's entry and of
 * the count are not ordered, so a claim can read the new count and the old entry. */
#define SUMMARY "packed_cas with a table of owners that is written without ordering"
#define WRITE memory_order_relaxed
#define READ memory_order_acquire
#include "owner_table.h"
