/* SPDX-License-Identifier: MIT */
/*
 * The kernel's percpu_ref. Consumers hold references, which are counted without a shared cache
 * line. Unbind kills the percpu_ref, waits for a grace period, sums the counts up, and waits until
 * the sum is 0.
 *
 * The kernel counts per CPU with preemption disabled. Here each consumer has a count, which only
 * its own thread changes. A read-side section encloses the check of `dead` and the update of the
 * count. So after the grace period all earlier updates are visible to unbind, and later gets are
 * refused. Limit: unbind waits for every put, whether or not a use is running.
 *
 * Source: percpu_ref_kill() in Linux 5.19 lib/percpu-refcount.c, as the block layer uses it.
 */
#include <sched.h>

#include "lifetime.h"
#include "rcu/urcu_memb.h" /* a section needs no fence */

struct percpu_ref_kill {
	_Atomic(bool) dead; /* gets are refused, and puts decrement `count` below */
	_Atomic(long) count;
	struct service *service; /* changes only while dead is set and the count is 0 */
};

struct percpu_ref_kill_user {
	_Atomic(long) count; /* references since the last move to the provider's count; may be -1 */
};

static inline struct percpu_ref_kill *percpu_ref(struct provider *provider)
{
	return (struct percpu_ref_kill *)provider->state;
}

static inline struct percpu_ref_kill_user *percpu_ref_user(struct consumer *user)
{
	return (struct percpu_ref_kill_user *)user->state;
}

static int percpu_ref_kill_init(struct provider *provider)
{
	atomic_init(&percpu_ref(provider)->dead, true);
	return 0;
}

static void percpu_ref_kill_bind(struct provider *provider, struct service *service)
{
	struct percpu_ref_kill *p = percpu_ref(provider);

	p->service = service;
	/* release: pairs with the acquires in percpu_ref_kill_get() and _put(). */
	atomic_store_explicit(&p->dead, false, memory_order_release);
}

/* Moves a consumer's count to the provider. Called when no open section can change that count. */
static inline void percpu_ref_sum_up(struct percpu_ref_kill *p, struct consumer *user)
{
	_Atomic(long) *local = &percpu_ref_user(user)->count;
	long n = atomic_load_explicit(local, memory_order_relaxed);

	atomic_store_explicit(local, 0, memory_order_relaxed);
	atomic_fetch_add_explicit(&p->count, n, memory_order_relaxed);
}

static void percpu_ref_kill_unbind(struct provider *provider)
{
	struct percpu_ref_kill *p = percpu_ref(provider);
	struct consumer *user;

	atomic_store_explicit(&p->dead, true, memory_order_relaxed);
	readers_wait();
	LIST_FOREACH (user, &provider->users, link)
		percpu_ref_sum_up(p, user);
	/* acquire: pairs with the release in percpu_ref_kill_put(). The grace period orders the
	 * puts that came before it. */
	while (atomic_load_explicit(&p->count, memory_order_acquire))
		sched_yield();
	service_free(p->service);
	p->service = NULL;
}

/* Adds n to the consumer's count. Called in a read-side section. No read-modify-write is needed,
 * because only one thread changes this count. */
static inline void percpu_ref_count(struct consumer *user, long n)
{
	_Atomic(long) *local = &percpu_ref_user(user)->count;
	long count = atomic_load_explicit(local, memory_order_relaxed);

	atomic_store_explicit(local, count + n, memory_order_relaxed);
}

static inline int percpu_ref_kill_get(struct consumer *user)
{
	bool dead;

	reader_enter();
	/* acquire: pairs with the release in percpu_ref_kill_bind(). */
	dead = atomic_load_explicit(&percpu_ref(user->provider)->dead, memory_order_acquire);
	if (!dead)
		percpu_ref_count(user, 1);
	reader_leave();
	return dead ? -ENODEV : 0;
}

static inline int percpu_ref_kill_use(struct consumer *user)
{
	service_use(user, percpu_ref(user->provider)->service);
	return 0;
}

static inline void percpu_ref_kill_put(struct consumer *user)
{
	struct percpu_ref_kill *p = percpu_ref(user->provider);

	reader_enter();
	/* acquire: pairs with the release in percpu_ref_kill_bind(). The consumer's count was
	 * summed up before that release. */
	if (!atomic_load_explicit(&p->dead, memory_order_acquire))
		percpu_ref_count(user, -1);
	else
		/* release: pairs with the acquire in percpu_ref_kill_unbind(). */
		atomic_fetch_sub_explicit(&p->count, 1, memory_order_release);
	reader_leave();
}

static const struct lifetime_ops impl = {
    .summary = "per-CPU reference counts; unbind kills the reference, waits for a grace period, "
	       "then for zero",
    .source = "Linux 5.19 lib/percpu-refcount.c, percpu_ref_kill(), as in the block layer",
    .class = CLASS_SAFE,
    .progress = PROGRESS_WAIT_FREE,
    .setup = readers_setup,
    .thread_register = readers_thread_register,
    .thread_unregister = readers_thread_unregister,
    .thread_quiescent = readers_quiescent,
    .thread_offline = readers_offline,
    .thread_online = readers_online,
    .provider_size = sizeof(struct percpu_ref_kill),
    .user_size = sizeof(struct percpu_ref_kill_user),
    .provider_init = percpu_ref_kill_init,
    .bind = percpu_ref_kill_bind,
    .unbind = percpu_ref_kill_unbind,
    .get = percpu_ref_kill_get,
    .use = percpu_ref_kill_use,
    .put = percpu_ref_kill_put,
};
