/* SPDX-License-Identifier: MIT */
/*
 * A pointer that can be revoked. Each use loads it inside a read-side section of its own, and uses
 * the service within that section. Unbind clears the pointer and waits for a grace period, which
 * ends after every section that may have loaded it. A get takes no reference, so only the provider
 * has to stay.
 *
 * Limit: a use must not outlast its section. Source: the kernel's revocable over SRCU, patches of
 * 2025, after Revocable in the kernel's Rust code.
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

	/* The load and the store are relaxed: one thread binds and unbinds, and the grace period
	 * orders the consumers before the free. */
	atomic_store_explicit(&p->service, NULL, memory_order_relaxed);
	readers_wait();
	service_free(service);
}

/* Only checks that a service is bound. This needs no read-side section, because the pointer is not
 * dereferenced. */
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
    .summary =
	"each use looks the service up in a read-side section; unbind waits for a grace period",
    .source = "the kernel's revocable over SRCU (patches of 2025), like Rust's Revocable",
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
