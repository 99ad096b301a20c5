/* SPDX-License-Identifier: MIT */
/* The role of an implementation, and the names of its class and its progress guarantee. */
#ifndef BENCH_FAMILIES_REGISTRY_H
#define BENCH_FAMILIES_REGISTRY_H

#include "harness/measure/worker.h"

/* The implementations of ownership, ended by NULL. Those of other families are in their struct
 * bench_family. */
extern const struct instance *const ownership_instances[];

/* Returns whether a pattern matches an implementation. A pattern is a name, a shell pattern, or
 * "all" for all implementations except yardsticks. If no implementation has that name, the part of
 * names before "<" is matched, which selects all implementations built from one source. */
bool instance_matches(const struct instance *instance, const char *pattern);

bool instance_matches_any(const struct instance *instance, char *const *patterns, size_t nr);

/* Returns whether this is a variant: its name is `name<adapter>`, and a plain `name` is built from
 * the same source. Variants run only on request. */
bool instance_is_variant(const struct instance *instance);

/* Returns whether this is a negative control, which runs only on request. */
bool instance_is_control(const struct instance *instance);

/* Returns whether this is a yardstick and not a design. Yardsticks run only on request. */
bool instance_is_yardstick(const struct instance *instance);

/* Returns whether this is the ceiling, which does not synchronise. Other implementations are
 * compared with it. */
bool instance_is_ceiling(const struct instance *instance);

const char *impl_class_name(enum impl_class class);
const char *impl_progress_name(enum impl_progress progress);

#endif
