/* SPDX-License-Identifier: MIT */
/*
 * Memory of drivers that are freed while threads run. Each driver has a page of its own, which is
 * inaccessible while the driver is not allocated. So a design that reads a freed driver crashes,
 * instead of reading what was there before.
 */
#ifndef HARNESS_MODEL_DRIVER_MEMORY_H
#define HARNESS_MODEL_DRIVER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct driver;

struct driver_memory {
	char *pages; /* NULL: not mapped */
	size_t nr, page_bytes;
	size_t next; /* number of the next driver, which is not reset after `nr` drivers */
};

/* Maps memory for `nr` drivers. Returns 0, or -1 with errno set. `memory` must be zeroed, or
 * unmapped. */
int driver_memory_map(struct driver_memory *memory, size_t nr);
void driver_memory_unmap(struct driver_memory *memory);

/* Allocates a DMA-API driver, at another address than the last nr - 1 ones. At most `nr` may be
 * allocated at once. Returns NULL if the kernel has no room for the mapping. */
struct driver *driver_alloc(struct driver_memory *memory);

/* Frees the driver. Ends the process if the kernel refuses that. */
void driver_free(struct driver *drv);

#endif
