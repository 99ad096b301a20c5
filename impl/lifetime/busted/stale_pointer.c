/* SPDX-License-Identifier: MIT */
/* Negative control: revocable, but get loads the pointer in a read-side section, and later uses
 * dereference it outside that section. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/ck_epoch.h" /* short grace periods make the fault likely */
#endif
#define impl revocable_impl
#include "../revocable.c"
#undef impl

struct stale_pointer_user {
	struct service *service;
};

static inline struct stale_pointer_user *stale_pointer_user(struct consumer *user)
{
	return (struct stale_pointer_user *)user->state;
}

static inline int stale_pointer_get(struct consumer *user)
{
	struct service *service;

	reader_enter();
	/* acquire: pairs with the release in revocable_bind(). */
	service = atomic_load_explicit(&revocable(user->provider)->service, memory_order_acquire);
	reader_leave();
	stale_pointer_user(user)->service = service;
	return service ? 0 : -ENODEV;
}

static inline int stale_pointer_use(struct consumer *user)
{
	service_use(user, stale_pointer_user(user)->service);
	return 0;
}

static const struct lifetime_ops impl = {
    .summary = "revocable, but all uses of a reference share the pointer that get has loaded",
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
    .user_size = sizeof(struct stale_pointer_user),
    .bind = revocable_bind,
    .unbind = revocable_unbind,
    .get = stale_pointer_get,
    .use = stale_pointer_use,
    .put = revocable_put,
};
