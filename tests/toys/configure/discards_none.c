/* SPDX-License-Identifier: MIT */
/* Each touch also discards an object that is not a state. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static struct iommu_state *discards_none_touch(struct iommu_device *dev, struct toucher *toucher)
{
	iommu_state_discard(NULL, toucher);
	return global_mutex_touch(dev, toucher);
}

#define TOUCH discards_none_touch
#include "table.h"
