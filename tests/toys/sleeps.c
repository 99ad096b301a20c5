/* SPDX-License-Identifier: MIT */
/* A claim never returns, and makes no access that the explorer sees. */
#include <unistd.h>

#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int sleeps_claim(struct group *group, void *owner)
{
	while (!mutex_count_claim(group, owner))
		pause();
	return -EPERM;
}

#define CLAIM sleeps_claim
#include "table.h"
