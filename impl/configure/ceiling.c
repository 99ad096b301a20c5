/* SPDX-License-Identifier: MIT */
/* Yardstick: no synchronisation at all, and the state is set up in advance. It shows the throughput
 * that the hardware allows. */
#include "configure.h"

struct ceiling {
	struct iommu_state *state;
};

static inline struct ceiling *ceiling(struct iommu_device *dev)
{
	return (struct ceiling *)dev->state;
}

static int ceiling_init(struct iommu_device *dev)
{
	struct toucher nobody = {0};

	ceiling(dev)->state = iommu_state_new(&nobody);
	return 0;
}

static inline struct iommu_state *ceiling_touch(struct iommu_device *dev, struct toucher *toucher)
{
	(void)toucher;
	return ceiling(dev)->state;
}

static struct iommu_state *ceiling_state(struct iommu_device *dev)
{
	return ceiling(dev)->state;
}

static const struct configure_ops impl = {
    .summary = "devices that are set up beforehand: an upper bound for every design",
    .source = "yardstick",
    .class = CLASS_NONE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct ceiling),
    .device_init = ceiling_init,
    .touch = ceiling_touch,
    .state = ceiling_state,
};
