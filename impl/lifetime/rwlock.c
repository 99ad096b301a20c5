/* SPDX-License-Identifier: MIT */
/*
 * A reader-writer lock: each use holds it as a reader, and unbind takes it as the writer. The lock
 * prefers writers, as the kernel's rwsem does. Otherwise consumers that never pause would starve
 * unbind.
 *
 * Source: an rwsem around each call, as in the kernel's tpm and gpiolib.
 */
#include <pthread.h>

#include "lifetime.h"

struct rwlock {
	pthread_rwlock_t lock; /* guards service, and is held across each use */
	struct service *service;
};

static inline struct rwlock *rwlock(struct provider *provider)
{
	return (struct rwlock *)provider->state;
}

static int rwlock_init(struct provider *provider)
{
	pthread_rwlockattr_t attr;
	int ret = pthread_rwlockattr_init(&attr);

	if (ret)
		return -ret;
	pthread_rwlockattr_setkind_np(&attr, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	ret = pthread_rwlock_init(&rwlock(provider)->lock, &attr);
	pthread_rwlockattr_destroy(&attr);
	return -ret;
}

static void rwlock_destroy(struct provider *provider)
{
	pthread_rwlock_destroy(&rwlock(provider)->lock);
}

static void rwlock_bind(struct provider *provider, struct service *service)
{
	struct rwlock *p = rwlock(provider);

	pthread_rwlock_wrlock(&p->lock);
	p->service = service;
	pthread_rwlock_unlock(&p->lock);
}

static void rwlock_unbind(struct provider *provider)
{
	struct rwlock *p = rwlock(provider);
	struct service *service;

	pthread_rwlock_wrlock(&p->lock);
	service = p->service;
	p->service = NULL;
	pthread_rwlock_unlock(&p->lock);
	service_free(service);
}

static inline int rwlock_get(struct consumer *user)
{
	struct rwlock *p = rwlock(user->provider);
	bool bound;

	pthread_rwlock_rdlock(&p->lock);
	bound = p->service;
	pthread_rwlock_unlock(&p->lock);
	return bound ? 0 : -ENODEV;
}

static inline int rwlock_use(struct consumer *user)
{
	struct rwlock *p = rwlock(user->provider);
	bool bound;

	pthread_rwlock_rdlock(&p->lock);
	bound = p->service;
	if (bound)
		service_use(user, p->service);
	pthread_rwlock_unlock(&p->lock);
	return bound ? 0 : -ENODEV;
}

static inline void rwlock_put(struct consumer *user)
{
	(void)user;
}

static const struct lifetime_ops impl = {
    .summary = "each use holds a reader-writer lock for reading",
    .source = "an rwsem around each call, as in the kernel's tpm and gpiolib cores",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .provider_size = sizeof(struct rwlock),
    .provider_init = rwlock_init,
    .provider_destroy = rwlock_destroy,
    .bind = rwlock_bind,
    .unbind = rwlock_unbind,
    .get = rwlock_get,
    .use = rwlock_use,
    .put = rwlock_put,
};
