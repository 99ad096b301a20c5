/* SPDX-License-Identifier: MIT */
/*
 * A pointer that can be revoked: each use looks it up in a read-side section of its own; unbind
 * clears it and waits for a grace period, which ends when the sections do that may have seen it. A
 * get keeps nothing but the provider, which stays.
 */
#include "lifetime.h"
#include "rcu/any.h"

struct revocable {
	_Atomic(struct service *) service;
};

static inline struct revocable *revocable(struct provider *provider)
{
	return (struct revocable *)provider->state;
}

static void revocable_bind(struct provider *provider, struct service *service)
{
	/* release: pairs with the acquire in revocable_use(). */
	atomic_store_explicit(&revocable(provider)->service, service, memory_order_release);
}

static void revocable_unbind(struct provider *provider)
{
	struct revocable *p = revocable(provider);
	struct service *service = atomic_load_explicit(&p->service, memory_order_relaxed);

	/* Relaxed, both: one thread binds and unbinds, and the grace period orders the rest. */
	atomic_store_explicit(&p->service, NULL, memory_order_relaxed);
	readers_wait();
	service_free(service);
}

/* A glance, which needs no section: the pointer is not followed. */
static inline int revocable_get(struct consumer *user)
{
	struct revocable *p = revocable(user->provider);

	return atomic_load_explicit(&p->service, memory_order_relaxed) ? 0 : -ENODEV;
}

static inline int revocable_use(struct consumer *user)
{
	struct service *service;

	reader_enter();
	/* acquire: pairs with the release in revocable_bind(). */
	service = atomic_load_explicit(&revocable(user->provider)->service, memory_order_acquire);
	if (service)
		service_use(user, service);
	reader_leave();
	return service ? 0 : -ENODEV;
}

static inline void revocable_put(struct consumer *user)
{
	(void)user;
}

static const struct lifetime_ops impl = {
    .summary = "each use looks the service up in a read-side section; unbind waits for them",
    .source = "the kernel's revocable over SRCU, patches of 2025, as Rust's Revocable",
    .class = CLASS_SAFE,
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
    .use = revocable_use,
    .put = revocable_put,
};
