/* SPDX-License-Identifier: MIT */
/*
 * An IOMMU without hardware, so that the bus's devices can be in groups of the kernel's own. It
 * translates nothing; its domains can be attached, which is all that ownership asks for.
 */
#ifndef HARNESS_KERNEL_IOMMU_H
#define HARNESS_KERNEL_IOMMU_H

#include "harness/kernel/bus.h"

struct iommu_group;

/* Puts a registered device into a group. 0 or a negative errno. */
int iommu_add(struct iommu_group *group, struct bus_device *dev);
void iommu_remove(struct bus_device *dev);

/* What the bus type needs, if this kernel's has it. */
extern const struct iommu_ops iommu_ops;

#endif
