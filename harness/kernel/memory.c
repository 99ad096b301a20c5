// SPDX-License-Identifier: MIT
#include "harness/kernel/memory.h"

#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

struct chunk {
	struct chunk *next;
	char memory[] __aligned(8);
};

static struct chunk *chunks;

void *memory_calloc(size_t n, size_t size)
{
	size_t bytes = array_size(n, size);
	struct chunk *chunk = kvzalloc(size_add(bytes, sizeof(*chunk)), GFP_KERNEL);

	if (!chunk)
		return NULL;
	chunk->next = chunks;
	chunks = chunk;
	return chunk->memory;
}

void memory_free_all(void)
{
	while (chunks) {
		struct chunk *next = chunks->next;

		kvfree(chunks);
		chunks = next;
	}
}
