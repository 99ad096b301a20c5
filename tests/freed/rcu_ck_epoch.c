/* SPDX-License-Identifier: MIT */
/* A claim walks within a read-side section, and unregistering a driver waits for such sections. */
#define OVER_RCU "rcu/ck_epoch.h"
#define SOURCE "../../impl/rcu_driver.c"
#include "freed_driver.h"
