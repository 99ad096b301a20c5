/* SPDX-License-Identifier: MIT */
/* A claim ends the process, as a failed check in a library does. */
#include <unistd.h>

#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int exits_claim(struct group *group, void *owner)
{
	if (!mutex_count_claim(group, owner))
		_exit(3);
	return -EPERM;
}

#define CLAIM exits_claim
#include "table.h"
