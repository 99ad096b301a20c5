/* SPDX-License-Identifier: MIT */
/* A claim moves a device to the head of the group's list. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static int relinks_claim(struct group *group, void *owner)
{
	struct device *dev = LIST_FIRST(&group->devices);

	LIST_REMOVE(dev, link);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	return mutex_count_claim(group, owner);
}

#define CLAIM relinks_claim
#include "table.h"
