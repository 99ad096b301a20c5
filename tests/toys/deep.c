/* SPDX-License-Identifier: MIT */
/* A claim uses more stack than it has, and would overwrite another thread's stack. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int deep(volatile char *above, int levels)
{
	volatile char frame[1024];

	frame[0] = *above;
	return levels ? deep(frame, levels - 1) + frame[0] : 0;
}

static int deep_claim(struct group *group, void *owner)
{
	volatile char none = 0;

	return mutex_count_claim(group, owner) ? -EPERM : deep(&none, 100);
}

#define CLAIM deep_claim
#include "table.h"
