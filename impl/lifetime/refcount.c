/* SPDX-License-Identifier: MIT */
/*
 * A count of consumers and a bound bit, in one word of the provider. A get adds to the count by
 * compare-and-swap, only while the bit is set. Unbind clears the bit, and waits for the completion
 * that the last put signals. No get succeeds after that, so the last put is final.
 *
 * Limit: unbind waits for every put, whether or not a use is running. Source:
 * refcount_inc_not_zero() with a completion, as in drivers/base and the RDMA core.
 */
#include <semaphore.h>

#include "lifetime.h"

enum { REFCOUNT_BOUND = 1, REFCOUNT_USER = 2 };

struct refcount {
	_Atomic(uint64_t) word;  /* REFCOUNT_BOUND, plus REFCOUNT_USER for each consumer */
	struct service *service; /* changes only while nothing is bound and no consumer holds it */
	sem_t unused;            /* the completion, signalled by the last put */
};

static inline struct refcount *refcount(struct provider *provider)
{
	return (struct refcount *)provider->state;
}

static int refcount_init(struct provider *provider)
{
	return sem_init(&refcount(provider)->unused, 0, 0) ? -errno : 0;
}

static void refcount_destroy(struct provider *provider)
{
	sem_destroy(&refcount(provider)->unused);
}

static void refcount_bind(struct provider *provider, struct service *service)
{
	refcount(provider)->service = service;
	/* release: pairs with the acquire in refcount_get(). */
	atomic_store_explicit(&refcount(provider)->word, REFCOUNT_BOUND, memory_order_release);
}

static void refcount_unbind(struct provider *provider)
{
	struct refcount *p = refcount(provider);

	/* acquire: pairs with the release in refcount_put() if all consumers have put already.
	 * Otherwise the semaphore orders their puts before the free. */
	if (atomic_fetch_and_explicit(&p->word, ~(uint64_t)REFCOUNT_BOUND, memory_order_acquire) !=
	    REFCOUNT_BOUND) {
		while (sem_wait(&p->unused) && errno == EINTR)
			;
	}
	service_free(p->service);
	p->service = NULL;
}

/* An unconditional increment would be wrong: if it came after unbind, undoing it would look like
 * the last put. */
static inline int refcount_get(struct consumer *user)
{
	struct refcount *p = refcount(user->provider);
	uint64_t word = atomic_load_explicit(&p->word, memory_order_relaxed);

	do {
		if (!(word & REFCOUNT_BOUND))
			return -ENODEV;
		/* acquire: pairs with the release in refcount_bind(). */
	} while (!atomic_compare_exchange_weak_explicit(
	    &p->word, &word, word + REFCOUNT_USER, memory_order_acquire, memory_order_relaxed));
	return 0;
}

static inline int refcount_use(struct consumer *user)
{
	service_use(user, refcount(user->provider)->service);
	return 0;
}

static inline void refcount_put(struct consumer *user)
{
	struct refcount *p = refcount(user->provider);

	/* release: pairs with the acquire in refcount_unbind() if this put comes before the unbind.
	 * acquire: the last put synchronizes with all earlier puts, and sem_post() orders them
	 * before the free. */
	if (atomic_fetch_sub_explicit(&p->word, REFCOUNT_USER, memory_order_acq_rel) ==
	    REFCOUNT_USER)
		sem_post(&p->unused);
}

static const struct lifetime_ops impl = {
    .summary = "a count of users; unbind waits for the completion that the last put signals",
    .source = "refcount_inc_not_zero() and a completion, as in drivers/base and RDMA cores",
    .class = CLASS_SAFE,
    .progress = PROGRESS_LOCK_FREE,
    .provider_size = sizeof(struct refcount),
    .provider_init = refcount_init,
    .provider_destroy = refcount_destroy,
    .bind = refcount_bind,
    .unbind = refcount_unbind,
    .get = refcount_get,
    .use = refcount_use,
    .put = refcount_put,
};
