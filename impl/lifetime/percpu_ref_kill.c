/* SPDX-License-Identifier: MIT */
/*
 * As the kernel's percpu_ref: users hold references that are counted without sharing a line; unbind
 * kills the reference count, waits for a grace period, adds up, and waits until the sum is gone.
 * What is per CPU there, with preemption off, is per user here, who is one thread.
 */
#include <sched.h>

#include "lifetime.h"
#include "rcu/urcu_memb.h" /* no fence in a section, nor anything to tell outside of one */

struct percpu_ref_kill {
	_Atomic(bool) dead; /* no more references; those that go are taken from `count` */
	_Atomic(long) count;
	struct service *service; /* changed only while the count is dead and zero */
};

struct percpu_ref_kill_user {
	_Atomic(long) count; /* may be -1: what came here was summed up before it left */
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

/* No section is open that could count here. */
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
	/* acquire: pairs with the release in percpu_ref_kill_put(); of those who put before the
	 * grace period it is that which orders them. */
	while (atomic_load_explicit(&p->count, memory_order_acquire))
		sched_yield();
	service_free(p->service);
	p->service = NULL;
}

/* In a section. Two accesses and no read-modify-write: a user is one thread. */
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
	/* acquire: pairs with the release in percpu_ref_kill_bind(), which comes after the user's
	 * count was summed up. */
	if (!atomic_load_explicit(&p->dead, memory_order_acquire))
		percpu_ref_count(user, -1);
	else
		/* release: pairs with the acquire in percpu_ref_kill_unbind(). */
		atomic_fetch_sub_explicit(&p->count, 1, memory_order_release);
	reader_leave();
}

static const struct lifetime_ops impl = {
    .summary = "references counted per CPU; unbind kills, waits for a grace period and for zero",
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
