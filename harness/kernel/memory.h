/* SPDX-License-Identifier: MIT */
/* Memory that designs allocate and never free. It is freed when the module is unloaded. */
#ifndef HARNESS_KERNEL_MEMORY_H
#define HARNESS_KERNEL_MEMORY_H

#include <linux/types.h>

/* Returns zeroed memory, or NULL. The caller serializes calls, and does not free the memory. */
void *memory_calloc(size_t n, size_t size);

/* Frees everything that memory_calloc() has returned. */
void memory_free_all(void);

#endif
