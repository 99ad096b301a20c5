/* SPDX-License-Identifier: MIT */
/* Memory that designs allocate but never free. The module frees it when it is unloaded. */
#ifndef HARNESS_KERNEL_MEMORY_H
#define HARNESS_KERNEL_MEMORY_H

#include <linux/types.h>

/* Returns zeroed memory, or NULL. The caller serializes the calls, and must not free the memory. */
void *memory_calloc(size_t n, size_t size);

/* Frees all memory that memory_calloc() has returned. */
void memory_free_all(void);

#endif
