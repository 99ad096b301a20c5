/* SPDX-License-Identifier: MIT */
/*
 * The device's mutex, held across each use and by unbind. A get takes no reference: a use checks
 * under the mutex that there is a service, and is refused otherwise. Limit: consumers exclude each
 * other, and unbind contends with them for the mutex.
 */
#include "lifetime.h"
#include "lock/pthread_mutex.h"

struct mutex {
	struct lock lock; /* guards service, and is held across each use */
	struct service *service;
};

static inline struct mutex *mutex(struct provider *provider)
{
	return (struct mutex *)provider->state;
}

static int mutex_init(struct provider *provider)
{
	return lock_init(&mutex(provider)->lock);
}

static void mutex_destroy(struct provider *provider)
{
	lock_destroy(&mutex(provider)->lock);
}

static void mutex_bind(struct provider *provider, struct service *service)
{
	struct mutex *p = mutex(provider);

	lock_acquire(&p->lock);
	p->service = service;
	lock_release(&p->lock);
}

static void mutex_unbind(struct provider *provider)
{
	struct mutex *p = mutex(provider);
	struct service *service;

	lock_acquire(&p->lock);
	service = p->service;
	p->service = NULL;
	lock_release(&p->lock);
	service_free(service);
}

static inline int mutex_get(struct consumer *user)
{
	struct mutex *p = mutex(user->provider);
	bool bound;

	lock_acquire(&p->lock);
	bound = p->service;
	lock_release(&p->lock);
	return bound ? 0 : -ENODEV;
}

static inline int mutex_use(struct consumer *user)
{
	struct mutex *p = mutex(user->provider);
	bool bound;

	lock_acquire(&p->lock);
	bound = p->service;
	if (bound)
		service_use(user, p->service);
	lock_release(&p->lock);
	return bound ? 0 : -ENODEV;
}

static inline void mutex_put(struct consumer *user)
{
	(void)user;
}

static const struct lifetime_ops impl = {
    .summary = "each use holds the device's mutex",
    .source = "device_lock(), as a subsystem's core would take it around each call",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .provider_destroy = mutex_destroy,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
