/* SPDX-License-Identifier: MIT */
/*
 * One implementation, built for the explorer. For each implementation the build
 * (impl/instances.cmake) generates a file that defines these macros and includes this one:
 * IMPL_SOURCE (path of the source), INSTANCE (object to define here), INSTANCE_NAME (name, a
 * string), INSTANCE_FAMILY (table of its family), INSTANCE_STANDIN (header with the family's
 * stand-ins) and, optionally, INSTANCE_RELEASE_IS_STORE (see struct explored).
 */
#ifdef IMPL_SOURCE

#include "harness/explore/standin.h"
#include INSTANCE_STANDIN

#include IMPL_SOURCE

#include "harness/explore/registry.h"

#ifndef INSTANCE_RELEASE_IS_STORE
#define INSTANCE_RELEASE_IS_STORE false
#endif

#ifdef NEARBY_H
#define INSTANCE_NEARBY true
#else
#define INSTANCE_NEARBY false
#endif

extern const struct explore_family INSTANCE_FAMILY;
const struct explored INSTANCE = {.name = INSTANCE_NAME,
    .family = &INSTANCE_FAMILY,
    .about = &impl.about,
    .ops = &impl,
    .release_is_store = INSTANCE_RELEASE_IS_STORE,
    .nearby = INSTANCE_NEARBY};

#endif
