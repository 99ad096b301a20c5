/* SPDX-License-Identifier: MIT */
/* Each touch allocates a state, does not fill it in, and discards it twice. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static struct iommu_state *discards_twice_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct iommu_state *state = iommu_state_alloc(toucher);

	iommu_state_discard(state, toucher);
	iommu_state_discard(state, toucher);
	return global_mutex_touch(dev, toucher);
}

#define TOUCH discards_twice_touch
#include "table.h"
