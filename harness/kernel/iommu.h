/* SPDX-License-Identifier: MIT */
/*
 * An IOMMU driver without hardware. It puts the bus's devices into IOMMU groups of the kernel. It
 * translates nothing; ownership only needs domains that can be attached.
 */
#ifndef HARNESS_KERNEL_IOMMU_H
#define HARNESS_KERNEL_IOMMU_H

#include <linux/version.h>

#include "harness/kernel/bus.h"

/* Before Linux 6.7, an IOMMU driver belongs to a bus type. */
#define BUS_HAS_IOMMU (LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0))

struct iommu_group;

/*
 * Register and unregister the IOMMU driver. `parent` is the parent of its devices. iommu_register()
 * returns 0, or a negative errno with nothing left registered.
 */
int iommu_register(struct device *parent);
void iommu_unregister(void);

/*
 * Creates a group that has no devices of our bus yet. Returns it, or an ERR_PTR. The caller passes
 * *anchor to iommu_group_destroy(), once all devices have left the group.
 */
struct iommu_group *iommu_group_create(struct platform_device **anchor);
void iommu_group_destroy(struct iommu_group *group, struct platform_device *anchor);

/* Adds a registered device to a group. Returns 0 or a negative errno. */
int iommu_add(struct iommu_group *group, struct bus_device *dev);

/* Removes a device from its group. Does nothing if iommu_add() failed. */
void iommu_remove(struct bus_device *dev);

/* The bus_type.iommu_ops of our bus, if BUS_HAS_IOMMU. */
extern const struct iommu_ops iommu_ops;

#endif
