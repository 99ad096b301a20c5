/* SPDX-License-Identifier: MIT */
/*
 * Hazard pointers. Each use stores the service's address in its thread's hazard pointer, then
 * checks again that the service is still bound. Unbind clears the provider's pointer, scans the
 * hazard pointers, and frees the service when none of them names it.
 *
 * A full fence separates a use's store from its second check, and another separates unbind's store
 * from its scan. So either the use sees the cleared pointer, or the scan sees the hazard. Unlike a
 * grace period, unbind waits only for uses of this service. The price is a full fence in each use.
 *
 * Source: Michael, Hazard Pointers, IEEE TPDS 2004; Concurrency Kit's ck_hp.
 */
#include "hazard.h"

struct hazard {
	_Atomic(struct service *) service;
};

static inline struct hazard *hazard(struct provider *provider)
{
	return (struct hazard *)provider->state;
}

static void hazard_bind(struct provider *provider, struct service *service)
{
	/* release: pairs with the acquire in hazard_use(). */
	atomic_store_explicit(&hazard(provider)->service, service, memory_order_release);
}

static void hazard_unbind(struct provider *provider)
{
	struct hazard *p = hazard(provider);
	struct service *service = atomic_load_explicit(&p->service, memory_order_relaxed);

	atomic_store_explicit(&p->service, NULL, memory_order_relaxed);
	hazard_wait(service);
}

static inline int hazard_get(struct consumer *user)
{
	struct hazard *p = hazard(user->provider);

	return atomic_load_explicit(&p->service, memory_order_relaxed) ? 0 : -ENODEV;
}

static inline int hazard_use(struct consumer *user)
{
	_Atomic(struct service *) *bound = &hazard(user->provider)->service;
	struct service *service = atomic_load_explicit(bound, memory_order_relaxed), *named;

	do {
		named = service;
		if (!named)
			break;
		ck_hp_set_fence(hazard_mine, 0, named);
		/* acquire: pairs with the release in hazard_bind(). */
		service = atomic_load_explicit(bound, memory_order_acquire);
	} while (service != named);
	if (service)
		service_use(user, service);
	hazard_clear();
	return service ? 0 : -ENODEV;
}

static inline void hazard_put(struct consumer *user)
{
	(void)user;
}

static const struct lifetime_ops impl = {
    .summary =
	"each use protects the service with a hazard pointer; unbind waits until none points to it",
    .source = "Michael, Hazard Pointers, IEEE TPDS 2004; Concurrency Kit's ck_hp",
    .class = CLASS_SAFE,
    .progress = PROGRESS_LOCK_FREE,
    .setup = hazard_setup,
    .thread_register = hazard_thread_register,
    .thread_unregister = hazard_thread_unregister,
    .provider_size = sizeof(struct hazard),
    .service_size = sizeof(ck_hp_hazard_t),
    .bind = hazard_bind,
    .unbind = hazard_unbind,
    .get = hazard_get,
    .use = hazard_use,
    .put = hazard_put,
};
