/* SPDX-License-Identifier: MIT */
/* Each touch also fills in an object that is not a state. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static struct iommu_state *fills_none_touch(struct iommu_device *dev, struct toucher *toucher)
{
	iommu_state_fill((struct iommu_state *)dev->state, toucher);
	return global_mutex_touch(dev, toucher);
}

#define TOUCH fills_none_touch
#include "table.h"
