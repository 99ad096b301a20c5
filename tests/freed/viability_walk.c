/* SPDX-License-Identifier: MIT */
/* The walk of a claim, as posted: READ_ONCE(dev->driver) without a lock. */
#define SOURCE "../../impl/busted/viability_walk.c"
#include "freed_driver.h"
