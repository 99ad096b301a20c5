/* SPDX-License-Identifier: MIT */
/* What an implementation is there for, and the names of its class and its progress. */
#ifndef BENCH_FAMILIES_REGISTRY_H
#define BENCH_FAMILIES_REGISTRY_H

#include "harness/measure/worker.h"

/* Ownership's in this build, up to a NULL; families.h has those of all families. */
extern const struct instance *const ownership_instances[];

/*
 * Whether a person who says `pattern` means this implementation: by its name, by a shell pattern,
 * or, where nothing has that name, by the name before "<", which means all that are built from one
 * source. "all" is every one.
 */
bool instance_matches(const struct instance *instance, const char *pattern);

bool instance_matches_any(const struct instance *instance, char *const *patterns, size_t nr);

/* `name<adapter>` beside a plain `name` of the same source; run only when asked for. */
bool instance_is_variant(const struct instance *instance);

/* Negative controls are run only when they are asked for. */
bool instance_is_control(const struct instance *instance);

/* Not an implementation but a loop that others are held against; run when it is asked for. */
bool instance_is_yardstick(const struct instance *instance);

/* Without synchronisation: what all others are compared with. */
bool instance_is_ceiling(const struct instance *instance);

const char *impl_class_name(enum impl_class class);
const char *impl_progress_name(enum impl_progress progress);

#endif
