/* SPDX-License-Identifier: MIT */
/* Exact: busted_owner_table_written and busted_owner_table_read with both a release store and an
 * acquire load. */
#define SUMMARY "packed_cas with a table of owners"
#define WRITE memory_order_release
#define READ memory_order_acquire
#include "../../impl/busted/owner_table.h"
