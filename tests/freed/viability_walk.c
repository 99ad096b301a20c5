/* SPDX-License-Identifier: MIT */
/* The walk of a claim, as posted: it reads dev->driver by READ_ONCE(), without a lock. */
#define SOURCE "../../impl/busted/viability_walk.c"
#include "freed_driver.h"
