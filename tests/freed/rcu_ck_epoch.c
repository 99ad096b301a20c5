/* SPDX-License-Identifier: MIT */
/* The walk of a claim inside a read-side section; unregistering a driver waits for such. */
#define OVER_RCU "rcu/ck_epoch.h"
#define SOURCE "../../impl/rcu_driver.c"
#include "freed_driver.h"
