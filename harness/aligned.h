/* SPDX-License-Identifier: MIT */
/* Allocations that share no cache line (or no page) with other data. */
#ifndef HARNESS_ALIGNED_H
#define HARNESS_ALIGNED_H

#include <stddef.h>

/* Returns `bytes` rounded up to a multiple of `alignment`. */
size_t aligned_size(size_t bytes, size_t alignment);

/* Returns `bytes` zeroed bytes, aligned to `alignment` (a power of two), or NULL if memory is
 * short. The caller frees them. */
void *aligned_zeroed(size_t bytes, size_t alignment);

#endif
