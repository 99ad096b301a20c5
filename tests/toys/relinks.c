/* SPDX-License-Identifier: MIT */
/* A probe moves its device to the head of the group's list. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static int relinks_use(struct device *dev)
{
	LIST_REMOVE(dev, link);
	LIST_INSERT_HEAD(&dev->group->devices, dev, link);
	return mutex_count_use(dev);
}

#define USE relinks_use
#include "table.h"
