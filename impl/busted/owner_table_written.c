/* SPDX-License-Identifier: MIT */
/* Negative control: message passing with relaxed stores. An owner is added to the table and counted
 * in no order, so a claim can read the new count and the old entry. */
#define SUMMARY "packed_cas with a table of owners that is written in no order"
#define WRITE memory_order_relaxed
#define READ memory_order_acquire
#include "owner_table.h"
