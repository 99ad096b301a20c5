/* SPDX-License-Identifier: MIT */
/*
 * Negative control: hazard, but unbind leaves the pointer set, and records the address of the
 * unbound service instead. If the next service gets the same address, uses treat it as unbound.
 */
#define impl hazard_impl
#include "../hazard.c"
#undef impl

struct gone_by_address {
	struct hazard bound;
	_Atomic(struct service *) gone;
};

static inline struct gone_by_address *gone_by_address(struct provider *provider)
{
	return (struct gone_by_address *)provider->state;
}

static void gone_by_address_unbind(struct provider *provider)
{
	struct gone_by_address *p = gone_by_address(provider);
	struct service *service = atomic_load_explicit(&p->bound.service, memory_order_relaxed);

	/* release: pairs with the acquire in gone_by_address_look(), which then reads this service
	 * or a later one. */
	atomic_store_explicit(&p->gone, service, memory_order_release);
	hazard_wait(service);
}

/* Returns the service that appears to be bound, or NULL. */
static inline struct service *gone_by_address_look(struct gone_by_address *p)
{
	/* acquire: pairs with the release in gone_by_address_unbind(). `gone` is read before
	 * `service`, because a later unbind overwrites it. */
	struct service *gone = atomic_load_explicit(&p->gone, memory_order_acquire);
	/* acquire: pairs with the release in hazard_bind(). */
	struct service *service = atomic_load_explicit(&p->bound.service, memory_order_acquire);

	return service == gone ? NULL : service;
}

static inline int gone_by_address_get(struct consumer *user)
{
	return gone_by_address_look(gone_by_address(user->provider)) ? 0 : -ENODEV;
}

static inline int gone_by_address_use(struct consumer *user)
{
	struct gone_by_address *p = gone_by_address(user->provider);
	struct service *service = gone_by_address_look(p), *named;

	do {
		named = service;
		if (!named)
			break;
		ck_hp_set_fence(hazard_mine, 0, named);
		service = gone_by_address_look(p);
	} while (service != named);
	if (service)
		service_use(user, service);
	hazard_clear();
	return service ? 0 : -ENODEV;
}

static const struct lifetime_ops impl = {
    .summary = "hazard, but an unbound service is identified by its address",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_LOCK_FREE,
    .setup = hazard_setup,
    .thread_register = hazard_thread_register,
    .thread_unregister = hazard_thread_unregister,
    .provider_size = sizeof(struct gone_by_address),
    .service_size = sizeof(ck_hp_hazard_t),
    .bind = hazard_bind,
    .unbind = gone_by_address_unbind,
    .get = gone_by_address_get,
    .use = gone_by_address_use,
    .put = hazard_put,
};
