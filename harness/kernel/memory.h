/* SPDX-License-Identifier: MIT */
/* Memory that a design takes for good is freed when the module is unloaded. */
#ifndef HARNESS_KERNEL_MEMORY_H
#define HARNESS_KERNEL_MEMORY_H

#include <linux/types.h>

/* Zeroed; NULL if there is none. Serialized by the caller. */
void *memory_calloc(size_t n, size_t size);

void memory_free_all(void);

#endif
