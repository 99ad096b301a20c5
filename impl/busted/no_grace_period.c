/* SPDX-License-Identifier: MIT */
/* Negative control: rcu_driver whose claim does not wait for the readers. A probe whose store to
 * dev->driver is still on its way is missed by the walk, and has not seen the user either. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_qsbr.h"
#endif
#include "impl.h"

#include OVER_RCU
#undef readers_wait
#define readers_wait() ((void)0)
#define impl rcu_driver_impl
#include "../rcu_driver.c"
#undef impl

static const struct impl_ops impl = {
    .summary = "rcu_driver, but a claim does not wait for the readers before it walks",
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
    .driver_unregister = rcu_driver_unregister,
};
