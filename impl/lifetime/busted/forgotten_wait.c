/* SPDX-License-Identifier: MIT */
/* Negative control: revocable whose unbind does not wait for the sections that run. */
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
    .about.summary = "revocable, but unbind does not wait for the sections that run",
    .about.source = "negative control",
    .about.class = CLASS_UNSAFE,
    .about.progress = PROGRESS_WAIT_FREE,
    .about.setup = readers_setup,
    .about.thread_register = readers_thread_register,
    .about.thread_unregister = readers_thread_unregister,
    .about.thread_quiescent = readers_quiescent,
    .about.thread_offline = readers_offline,
    .about.thread_online = readers_online,
    .provider_size = sizeof(struct revocable),
    .bind = revocable_bind,
    .unbind = forgotten_wait_unbind,
    .get = revocable_get,
    .use = revocable_use,
    .put = revocable_put,
};
