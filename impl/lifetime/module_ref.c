/* SPDX-License-Identifier: MIT */
/*
 * A reference to the driver's module, as dmaengine took it in 2019. The design is reproduced with
 * its fault. The reference prevents the module's code from being unloaded, but does not prevent the
 * driver from being unbound: the service is freed while consumers use it (claim C14).
 *
 * Source: [PATCH 1/5] dmaengine: Store module owner in dma_device struct, Nov 2019; Dan Williams's
 * reply of 22 Nov 2019.
 */
#include "lifetime.h"

struct module_ref {
	_Atomic(struct service *) service;
	_Atomic(long) module; /* references to the module, which is never unloaded here */
};

struct module_ref_user {
	struct service *service;
};

static inline struct module_ref *module_ref(struct provider *provider)
{
	return (struct module_ref *)provider->state;
}

static inline struct module_ref_user *module_ref_user(struct consumer *user)
{
	return (struct module_ref_user *)user->state;
}

static void module_ref_bind(struct provider *provider, struct service *service)
{
	/* release: pairs with the acquire in module_ref_get(). */
	atomic_store_explicit(&module_ref(provider)->service, service, memory_order_release);
}

/* The fault: unbind does not wait for the references to the module. */
static void module_ref_unbind(struct provider *provider)
{
	service_free(
	    atomic_exchange_explicit(&module_ref(provider)->service, NULL, memory_order_relaxed));
}

static inline int module_ref_get(struct consumer *user)
{
	struct module_ref *p = module_ref(user->provider);
	struct service *service;

	atomic_fetch_add_explicit(&p->module, 1, memory_order_relaxed);
	/* acquire: pairs with the release in module_ref_bind(). */
	service = atomic_load_explicit(&p->service, memory_order_acquire);
	if (!service) {
		atomic_fetch_sub_explicit(&p->module, 1, memory_order_relaxed);
		return -ENODEV;
	}
	module_ref_user(user)->service = service;
	return 0;
}

static inline int module_ref_use(struct consumer *user)
{
	service_use(user, module_ref_user(user)->service);
	return 0;
}

static inline void module_ref_put(struct consumer *user)
{
	atomic_fetch_sub_explicit(&module_ref(user->provider)->module, 1, memory_order_relaxed);
}

static const struct lifetime_ops impl = {
    .summary = "users pin the driver's module, which does not keep the driver bound",
    .source = "[PATCH 1/5] dmaengine: Store module owner in dma_device struct, Nov 2019",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .provider_size = sizeof(struct module_ref),
    .user_size = sizeof(struct module_ref_user),
    .bind = module_ref_bind,
    .unbind = module_ref_unbind,
    .get = module_ref_get,
    .use = module_ref_use,
    .put = module_ref_put,
};
