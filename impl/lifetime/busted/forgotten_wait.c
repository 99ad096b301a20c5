/* SPDX-License-Identifier: MIT */
/* Negative control: revocable, but unbind does not wait for running read-side sections. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#define impl revocable_impl
#include "../revocable.c"
#undef impl

static void forgotten_wait_unbind(struct provider *provider)
{
	service_free(
	    atomic_exchange_explicit(&revocable(provider)->service, NULL, memory_order_relaxed));
}

static const struct lifetime_ops impl = {
    .summary = "revocable, but unbind does not wait for running read-side sections",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .setup = readers_setup,
    .thread_register = readers_thread_register,
    .thread_unregister = readers_thread_unregister,
    .thread_quiescent = readers_quiescent,
    .thread_offline = readers_offline,
    .thread_online = readers_online,
    .provider_size = sizeof(struct revocable),
    .bind = revocable_bind,
    .unbind = forgotten_wait_unbind,
    .get = revocable_get,
    .use = revocable_use,
    .put = revocable_put,
};
