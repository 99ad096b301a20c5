/* SPDX-License-Identifier: MIT */
/*
 * Includes impl/impl.h in the kernel. Include this header after all kernel headers, because
 * <stdatomic.h> defines macros with the names of kernel functions. In files that include it, struct
 * device is the kernel's, and struct impl_device is the struct device of impl/impl.h.
 */
#ifndef HARNESS_KERNEL_CONTRACT_H
#define HARNESS_KERNEL_CONTRACT_H

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/mutex.h>
#include <linux/percpu-refcount.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "harness/kernel/held.h"

/* Designs read the driver core's own dev->driver. The pointer in struct impl_device is unused. */
#define device_read_driver(dev, order) bus_device_driver(dev, order)

#include "harness/kernel/rename.h"

#include "impl/impl.h"

#include "harness/kernel/restore.h"

#endif
