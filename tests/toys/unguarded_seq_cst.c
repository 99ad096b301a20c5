/* SPDX-License-Identifier: MIT */
/* Exact: without a guard, a refused claim relies on the release in fence_heavy(). */
#define OVER_FENCE "fence/seq_cst.h"
#include "../../impl/device_slots_unguarded.c"
