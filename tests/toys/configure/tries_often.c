/* SPDX-License-Identifier: MIT */
/* Each touch sets up and discards four states, and keeps the fifth. That is more set-ups than the
 * explorer allows per thread. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static struct iommu_state *tries_often_touch(struct iommu_device *dev, struct toucher *toucher)
{
	for (int i = 0; i < 4; i++)
		iommu_state_discard(iommu_state_new(toucher), toucher);
	return global_mutex_touch(dev, toucher);
}

#define TOUCH tries_often_touch
#include "table.h"
