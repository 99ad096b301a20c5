/* SPDX-License-Identifier: MIT */
/* Negative control: rcu_driver, but unregistering a driver does not wait for a grace period. A walk
 * that has already loaded the pointer reads the driver after it is freed. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#define impl rcu_driver_impl
#include "../rcu_driver.c"
#undef impl

static const struct impl_ops impl = {
    .summary = "rcu_driver, but unregistering a driver does not wait for a grace period",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .setup = readers_setup,
    .thread_register = readers_thread_register,
    .thread_unregister = readers_thread_unregister,
    .thread_quiescent = readers_quiescent,
    .thread_offline = readers_offline,
    .thread_online = readers_online,
    .group_size = sizeof(struct rcu_driver),
    .group_init = rcu_driver_init,
    .group_destroy = rcu_driver_destroy,
    .device_add = rcu_driver_add,
    .device_remove = rcu_driver_remove,
    .use_default_domain = rcu_driver_use,
    .unuse_default_domain = rcu_driver_unuse,
    .group_claim = rcu_driver_claim,
    .group_release = rcu_driver_release,
    .device_claim = rcu_driver_device_claim,
    .device_release = rcu_driver_device_release,
    .claimed = rcu_driver_claimed,
};
