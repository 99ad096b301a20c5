/* SPDX-License-Identifier: MIT */
/* Each touch discards the next state, which has not been allocated yet. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static struct iommu_state *discards_early_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct iommu_state *state = global_mutex_touch(dev, toucher);

	iommu_state_discard(state + 1, toucher);
	return state;
}

#define TOUCH discards_early_touch
#include "table.h"
