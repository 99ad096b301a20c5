/* SPDX-License-Identifier: MIT */
/*
 * An IOMMU driver without hardware, so that the bus's devices can be in IOMMU groups of the kernel.
 * It translates nothing. Its domains can be attached, which is all that ownership needs.
 */
#ifndef HARNESS_KERNEL_IOMMU_H
#define HARNESS_KERNEL_IOMMU_H

#include <linux/version.h>

#include "harness/kernel/bus.h"

/* Before 6.7 each bus type has an IOMMU driver of its own. */
#define BUS_HAS_IOMMU (LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0))

struct iommu_group;

/*
 * Register and unregister the IOMMU. iommu_register() returns 0, or a negative errno with nothing
 * left registered. `parent` is the parent of its devices.
 */
int iommu_register(struct device *parent);
void iommu_unregister(void);

/*
 * Creates a group without devices of the bus. Returns it, or an ERR_PTR. *anchor is for
 * iommu_group_destroy(), which the caller calls when all devices have left the group.
 */
struct iommu_group *iommu_group_create(struct platform_device **anchor);
void iommu_group_destroy(struct iommu_group *group, struct platform_device *anchor);

/* Adds a registered device to a group. Returns 0 or a negative errno. */
int iommu_add(struct iommu_group *group, struct bus_device *dev);

/* Removes a device from its group. Does nothing if iommu_add() failed. */
void iommu_remove(struct bus_device *dev);

/* For bus_type.iommu_ops, if BUS_HAS_IOMMU. */
extern const struct iommu_ops iommu_ops;

#endif
