/* SPDX-License-Identifier: MIT */
/*
 * Defines one implementation for the explorer. For each implementation, the build
 * (impl/instances.cmake) generates a file that defines the following macros and includes this file:
 * IMPL_SOURCE (path of the source), INSTANCE (name of the object to define), INSTANCE_NAME (the
 * implementation's name, a string), INSTANCE_FAMILY (the family's table), INSTANCE_STANDIN (the
 * header that replaces functions of the family) and optionally INSTANCE_RELEASE_IS_STORE (see
 * struct explored).
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
