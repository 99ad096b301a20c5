/* SPDX-License-Identifier: MIT */
/* Exact: what busted_used_halves would be with sequentially consistent marks. */
#define MARK memory_order_seq_cst
#define SEE memory_order_seq_cst
#include "../../impl/busted/used_halves.c"
