/* SPDX-License-Identifier: MIT */
/*
 * One implementation, built for the explorer. The build writes a file for each that defines
 * IMPL_SOURCE (the path), IMPL_NAME (the name as text) and IMPL_SYMBOL, and includes this one.
 */
#ifdef IMPL_SOURCE

#include "harness/explore/standin.h"

#include IMPL_SOURCE

#include "harness/explore/registry.h"

const struct explored IMPL_SYMBOL = {.name = IMPL_NAME, .ops = &impl};

#endif
