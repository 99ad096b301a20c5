/* SPDX-License-Identifier: MIT */
/* Negative control: revocable whose use looks the service up in a section, and uses it behind it.
 */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#define impl revocable_impl
#include "../revocable.c"
#undef impl

static inline int put_before_use_use(struct consumer *user)
{
	struct service *service;

	reader_enter();
	/* acquire: pairs with the release in revocable_bind(). */
	service = atomic_load_explicit(&revocable(user->provider)->service, memory_order_acquire);
	reader_leave();
	if (service)
		service_use(user, service);
	return service ? 0 : -ENODEV;
}

static const struct lifetime_ops impl = {
    .about.summary = "revocable, but the section ends before the use begins",
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
    .unbind = revocable_unbind,
    .get = revocable_get,
    .use = put_before_use_use,
    .put = revocable_put,
};
