/* SPDX-License-Identifier: MIT */
/* Negative control: revocable, but a use loads the pointer in a read-side section, and uses the
 * service after leaving that section. */
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
    .summary = "revocable, but the read-side section ends before the use begins",
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
    .unbind = revocable_unbind,
    .get = revocable_get,
    .use = put_before_use_use,
    .put = revocable_put,
};
