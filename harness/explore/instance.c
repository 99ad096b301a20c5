/* SPDX-License-Identifier: MIT */
/*
 * One implementation, built for the explorer. The build (impl/instances.cmake) writes a file for
 * each that defines IMPL_SOURCE (the path), INSTANCE (the object defined here), INSTANCE_NAME (its
 * name as text), INSTANCE_FAMILY (its family's table) and INSTANCE_STANDIN (what the explorer gives
 * to implementations of that family), and includes this one. INSTANCE_RELEASE_IS_STORE: see struct
 * explored.
 */
#ifdef IMPL_SOURCE

#include "harness/explore/standin.h"
#include INSTANCE_STANDIN

#include IMPL_SOURCE

#include "harness/explore/registry.h"

#ifndef INSTANCE_RELEASE_IS_STORE
#define INSTANCE_RELEASE_IS_STORE false
#endif

extern const struct explore_family INSTANCE_FAMILY;
const struct explored INSTANCE = {.name = INSTANCE_NAME,
    .family = &INSTANCE_FAMILY,
    .about = &impl.about,
    .ops = &impl,
    .release_is_store = INSTANCE_RELEASE_IS_STORE};

#endif
