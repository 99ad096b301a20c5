/* SPDX-License-Identifier: MIT */
/*
 * One implementation, built for the explorer. The build writes a file for each that defines
 * IMPL_SOURCE (the path), IMPL_NAME (the name as text), IMPL_SYMBOL, IMPL_FAMILY (its table) and
 * IMPL_ABOUT (what it says of itself), and includes this one. IMPL_STANDIN: what the harness gives
 * to implementations of its family. IMPL_RELEASE_IS_STORE: see struct explored.
 */
#ifdef IMPL_SOURCE

#include "harness/explore/standin.h"
#ifdef IMPL_STANDIN
#include IMPL_STANDIN
#endif

#include IMPL_SOURCE

#include "harness/explore/registry.h"

#ifndef IMPL_RELEASE_IS_STORE
#define IMPL_RELEASE_IS_STORE false
#endif

extern const struct explore_family IMPL_FAMILY;
const struct explored IMPL_SYMBOL = {.name = IMPL_NAME,
    .family = &IMPL_FAMILY,
    .ops = &IMPL_ABOUT,
    .family_ops = &impl,
    .release_is_store = IMPL_RELEASE_IS_STORE};

#endif
