/* SPDX-License-Identifier: MIT */
/*
 * An IOMMU driver without hardware, so that the bus's devices can be in IOMMU groups of the kernel.
 * It translates nothing. Its domains can be attached, which is all that ownership needs.
 */
#ifndef HARNESS_KERNEL_IOMMU_H
#define HARNESS_KERNEL_IOMMU_H

#include "harness/kernel/bus.h"

struct iommu_group;

/* Adds a registered device to a group. Returns 0 or a negative errno. */
int iommu_add(struct iommu_group *group, struct bus_device *dev);

/* Removes a device from its group. Does nothing if iommu_add() failed. */
void iommu_remove(struct bus_device *dev);

/* The value of bus_type.iommu_ops, which only kernels before 6.7 have. */
extern const struct iommu_ops iommu_ops;

#endif
