/* SPDX-License-Identifier: MIT */
/* Exact: busted_used_halves with sequentially consistent marks. */
#define MARK memory_order_seq_cst
#define SEE memory_order_seq_cst
#include "../../impl/busted/used_halves.c"
