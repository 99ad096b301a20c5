/* SPDX-License-Identifier: MIT */
/* Memory that shares no cache line, or no page, with anything else. */
#ifndef HARNESS_ALIGNED_H
#define HARNESS_ALIGNED_H

#include <stddef.h>

/* `bytes`, rounded up to a multiple of `alignment`. */
size_t aligned_size(size_t bytes, size_t alignment);

/* So many zeroed bytes at a multiple of `alignment`, a power of two; to be freed. NULL: no memory.
 */
void *aligned_zeroed(size_t bytes, size_t alignment);

#endif
