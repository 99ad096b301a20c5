/* SPDX-License-Identifier: MIT */
/*
 * A reference count protects the memory, and a flag stops uses. Drivers whose device files outlive
 * the device use this pattern.
 *
 * Each consumer holds a reference to the service's memory from get to put. Each use takes the
 * service's mutex and checks `gone` under it. Unbind sets `gone` under the same mutex, so it waits
 * only for the running use, and no use begins later. Limit: the last put frees the memory, which
 * may be long after unbind.
 *
 * Source: kref, io_mutex and disconnected in drivers/usb/usb-skeleton.c.
 */
#include "lifetime.h"
#include "lock/pthread_mutex.h"

struct kref_gone {
	struct lock lock; /* guards service, and each consumer's first reference to it */
	struct service *service;
};

struct kref_gone_service {
	struct lock lock; /* guards gone, and is held across each use */
	bool gone;
	_Atomic(unsigned int) refs; /* one for the driver, and one for each consumer */
};

struct kref_gone_user {
	struct service *service;
};

static inline struct kref_gone *kref_gone(struct provider *provider)
{
	return (struct kref_gone *)provider->state;
}

static inline struct kref_gone_service *kref_gone_service(struct service *service)
{
	return (struct kref_gone_service *)service->state;
}

static inline struct kref_gone_user *kref_gone_user(struct consumer *user)
{
	return (struct kref_gone_user *)user->state;
}

static int kref_gone_init(struct provider *provider)
{
	return lock_init(&kref_gone(provider)->lock);
}

static void kref_gone_destroy(struct provider *provider)
{
	lock_destroy(&kref_gone(provider)->lock);
}

static void kref_gone_bind(struct provider *provider, struct service *service)
{
	struct kref_gone *p = kref_gone(provider);

	lock_init(&kref_gone_service(service)->lock);
	atomic_init(&kref_gone_service(service)->refs, 1);
	lock_acquire(&p->lock);
	p->service = service;
	lock_release(&p->lock);
}

static inline void kref_gone_drop(struct service *service)
{
	struct kref_gone_service *s = kref_gone_service(service);

	/* acq_rel: pairs with itself in the other threads, so that all their accesses to the
	 * service happen before the free. */
	if (atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) > 1)
		return;
	lock_destroy(&s->lock);
	service_free(service);
}

static void kref_gone_unbind(struct provider *provider)
{
	struct kref_gone *p = kref_gone(provider);
	struct service *service;

	lock_acquire(&p->lock);
	service = p->service;
	p->service = NULL;
	lock_release(&p->lock);
	lock_acquire(&kref_gone_service(service)->lock);
	kref_gone_service(service)->gone = true;
	lock_release(&kref_gone_service(service)->lock);
	kref_gone_drop(service);
}

static inline int kref_gone_get(struct consumer *user)
{
	struct kref_gone *p = kref_gone(user->provider);
	struct service *service;

	lock_acquire(&p->lock);
	service = p->service;
	/* Relaxed: while the lock is held, the driver's own reference cannot be dropped. */
	if (service)
		atomic_fetch_add_explicit(
		    &kref_gone_service(service)->refs, 1, memory_order_relaxed);
	lock_release(&p->lock);
	kref_gone_user(user)->service = service;
	return service ? 0 : -ENODEV;
}

static inline int kref_gone_use(struct consumer *user)
{
	struct service *service = kref_gone_user(user)->service;
	struct kref_gone_service *s = kref_gone_service(service);
	bool gone;

	lock_acquire(&s->lock);
	gone = s->gone;
	if (!gone)
		service_use(user, service);
	lock_release(&s->lock);
	return gone ? -ENODEV : 0;
}

static inline void kref_gone_put(struct consumer *user)
{
	kref_gone_drop(kref_gone_user(user)->service);
}

static const struct lifetime_ops impl = {
    .summary = "a kref keeps the memory allocated; a flag under a mutex stops uses",
    .source = "drivers/usb/usb-skeleton.c: kref, io_mutex and disconnected",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .provider_size = sizeof(struct kref_gone),
    .service_size = sizeof(struct kref_gone_service),
    .user_size = sizeof(struct kref_gone_user),
    .provider_init = kref_gone_init,
    .provider_destroy = kref_gone_destroy,
    .bind = kref_gone_bind,
    .unbind = kref_gone_unbind,
    .get = kref_gone_get,
    .use = kref_gone_use,
    .put = kref_gone_put,
};
