/* SPDX-License-Identifier: MIT */
/* The sections of the environment. Each function returns one member of env_collect()'s object as a
 * new reference, or NULL if nothing is known. */
#ifndef HARNESS_ENV_SECTIONS_H
#define HARNESS_ENV_SECTIONS_H

#include <jansson.h>

#include "harness/env/root.h"

json_t *env_kernel(const struct env_root *root);
json_t *env_mitigations(const struct env_root *root);
json_t *env_speculation(const struct env_root *root);
json_t *env_clock(const struct env_root *root);
json_t *env_load(const struct env_root *root);
json_t *env_memory(const struct env_root *root);
json_t *env_iommu_groups(const struct env_root *root);

json_t *env_cpu(const struct env_root *root);
json_t *env_cpus(const struct env_root *root);
json_t *env_frequency(const struct env_root *root);
json_t *env_cgroup(const struct env_root *root);
json_t *env_virtualization(const struct env_root *root);

json_t *env_topology(const struct env_root *root);
json_t *env_smt(const struct env_root *root, const json_t *topology);

/* Returns whether the architecture is 32-bit or 64-bit x86. */
int env_is_x86(const char *architecture);

#endif
