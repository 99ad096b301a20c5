/* SPDX-License-Identifier: MIT */
/*
 * impl/impl.h inside the kernel. Include it behind all kernel headers: <stdatomic.h>, which comes
 * with it, makes macros of functions that those define. There struct device is the kernel's,
 * struct impl_device that of impl/.
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

/* The contract's struct has a pointer of its own, which is not used here: the driver core's is. */
#define device_read_driver(dev, order) bus_device_driver(dev, order)

#include "harness/kernel/rename.h"

#include "impl/impl.h"

#include "harness/kernel/restore.h"

#endif
