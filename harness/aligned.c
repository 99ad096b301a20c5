/* SPDX-License-Identifier: MIT */
#include "harness/aligned.h"

#include <stdlib.h>
#include <string.h>

size_t aligned_size(size_t bytes, size_t alignment)
{
	return (bytes + alignment - 1) / alignment * alignment;
}

void *aligned_zeroed(size_t bytes, size_t alignment)
{
	const size_t size = aligned_size(bytes, alignment);
	void *p = aligned_alloc(alignment, size);

	return p ? memset(p, 0, size) : NULL;
}
