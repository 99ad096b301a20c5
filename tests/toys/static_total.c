/* SPDX-License-Identifier: MIT */
/* A static variable without a lock. The explorer must restore it, too, between executions. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static unsigned int static_total;

static int static_total_use(struct device *dev)
{
	if (static_total++ >= 4)
		return -ENOSPC;
	return mutex_count_use(dev);
}

static int static_total_claim(struct group *group, void *owner)
{
	return static_total > 4 ? -ENOSPC : mutex_count_claim(group, owner);
}

#define USE static_total_use
#define CLAIM static_total_claim
#include "tests/toys/table.h"
