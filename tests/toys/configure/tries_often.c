/* SPDX-License-Identifier: MIT */
/* Each touch sets states up until it has a good one, the fifth. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static struct iommu_state *tries_often_touch(struct iommu_device *dev, struct toucher *toucher)
{
	for (int i = 0; i < 4; i++)
		iommu_state_discard(iommu_state_new(toucher), toucher);
	return global_mutex_touch(dev, toucher);
}

static const struct configure_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .device_size = sizeof(struct global_mutex),
    .touch = tries_often_touch,
    .state = global_mutex_state,
};
