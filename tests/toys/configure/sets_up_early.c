/* SPDX-License-Identifier: MIT */
/* The state exists before the first touch of the device. */
#define impl global_mutex_impl
#include "configure/global_mutex.c"
#undef impl

static int sets_up_early_init(struct iommu_device *dev)
{
	struct toucher none = {0};

	global_mutex(dev)->state = iommu_state_new(&none);
	return 0;
}

#define INIT sets_up_early_init
#include "table.h"
