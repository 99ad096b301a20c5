// SPDX-License-Identifier: MIT
/*
 * The reference design: the running kernel's own ownership code in drivers/iommu/iommu.c.
 * iommu_device_use_default_domain() is not exported, so probes call it through the platform bus's
 * dma_configure(). Linux 6.1 has no counterpart of device_claim().
 */
#include "harness/kernel/iommu.h"

struct kernel_iommu {
	struct iommu_group *group;
	struct platform_device *anchor;
};

static struct kernel_iommu *kernel_iommu(struct group *group)
{
	return (struct kernel_iommu *)group->state;
}

static int kernel_iommu_init(struct group *group)
{
	struct kernel_iommu *state = kernel_iommu(group);

	state->group = iommu_group_create(&state->anchor);
	return PTR_ERR_OR_ZERO(state->group);
}

static void kernel_iommu_destroy(struct group *group)
{
	iommu_group_destroy(kernel_iommu(group)->group, kernel_iommu(group)->anchor);
}

static void kernel_iommu_add(struct group *group, struct device *dev)
{
	int ret = iommu_add(kernel_iommu(group)->group, to_bus_device(dev));

	if (ret)
		violation("a device could not join its IOMMU group (%d)", ret);
}

static void kernel_iommu_remove(struct group *group, struct device *dev)
{
	(void)group;
	iommu_remove(to_bus_device(dev));
}

static int kernel_iommu_use(struct device *dev)
{
	return platform_bus_type.dma_configure(&to_bus_device(dev)->real);
}

/* Always returns 0. If the call is unpaired, the kernel only prints a warning. */
static int kernel_iommu_unuse(struct device *dev)
{
	platform_bus_type.dma_cleanup(&to_bus_device(dev)->real);
	return 0;
}

static int kernel_iommu_claim(struct group *group, void *owner)
{
	return iommu_group_claim_dma_owner(kernel_iommu(group)->group, owner);
}

static int kernel_iommu_release(struct group *group)
{
	iommu_group_release_dma_owner(kernel_iommu(group)->group);
	return 0;
}

static bool kernel_iommu_claimed(struct group *group)
{
	return iommu_group_dma_owner_claimed(kernel_iommu(group)->group);
}

static const struct impl_ops impl = {
	.summary = "the running kernel's own ownership code",
	.source = "drivers/iommu/iommu.c of the running kernel",
	.class = CLASS_EXACT,
	.progress = PROGRESS_BLOCKING,
	.group_size = sizeof(struct kernel_iommu),
	.group_init = kernel_iommu_init,
	.group_destroy = kernel_iommu_destroy,
	.device_add = kernel_iommu_add,
	.device_remove = kernel_iommu_remove,
	.use_default_domain = kernel_iommu_use,
	.unuse_default_domain = kernel_iommu_unuse,
	.group_claim = kernel_iommu_claim,
	.group_release = kernel_iommu_release,
	.claimed = kernel_iommu_claimed,
};
