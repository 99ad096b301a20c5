/* SPDX-License-Identifier: MIT */
/* Exact: busted_last_leaver_released with sequentially consistent stores. */
#define SUMMARY "list_walk_repaired, where only the last of the leaving drivers walks"
#define MARK memory_order_seq_cst
#include "../../impl/busted/last_leaver.h"
