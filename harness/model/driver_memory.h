/* SPDX-License-Identifier: MIT */
/*
 * Memory for drivers that are freed while threads run. Each driver has its own page, which is only
 * accessible while the driver is allocated. A design that reads a freed driver therefore crashes
 * instead of reading stale data.
 */
#ifndef HARNESS_MODEL_DRIVER_MEMORY_H
#define HARNESS_MODEL_DRIVER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct driver;

struct driver_memory {
	char *pages; /* NULL: not mapped */
	size_t nr, page_bytes;
	size_t next; /* number of the next driver; keeps counting after `nr` drivers */
};

/* Maps memory for `nr` drivers. `memory` must be zeroed or unmapped. Returns 0, or -1 with errno
 * set. */
int driver_memory_map(struct driver_memory *memory, size_t nr);
void driver_memory_unmap(struct driver_memory *memory);

/*
 * Allocates a driver that uses the DMA API, at another address than the previous nr - 1 ones. At
 * most `nr` may be allocated at a time. Returns NULL if the kernel cannot make the page accessible.
 */
struct driver *driver_alloc(struct driver_memory *memory);

/* Frees the driver. Ends the process if the kernel cannot make its page inaccessible. */
void driver_free(struct driver *drv);

#endif
