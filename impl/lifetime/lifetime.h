/* SPDX-License-Identifier: MIT */
/*
 * The contract of a service's lifetime: consumers use what a device's driver offers, while the
 * driver can be unbound at any time.
 *
 * The device, here the provider, stays; the service is allocated when a driver binds and freed for
 * good when it is unbound. A user gets the provider's service, uses it any number of times, and
 * then puts it. Once unbind() has returned no use runs and none begins: it has waited for those
 * that ran, and later ones are refused with -ENODEV, of users who got the service before, too. Then
 * a driver may bind again.
 *
 * An implementation is one file in impl/lifetime/ that includes this header and its lock or
 * reclamation library, and ends with
 *
 *	static const struct lifetime_ops impl = { .summary = ..., .get = ..., ... };
 *
 * Its name is its file's name; nothing else has to be edited.
 */
#ifndef LIFETIME_H
#define LIFETIME_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "about.h"
#include "atomics.h"

/* A canary has this above its low bits, which number the services; zero once it is dead. */
#define SERVICE_ALIVE UINT64_C(0x6a09e667f3bc0000)
#define SERVICE_ALIVE_MASK UINT64_C(0xffffffffffff0000)

/* What a driver offers while it is bound. */
struct service {
	unsigned char list[32]; /* nothing: where an allocator keeps its links of freed memory */
	_Atomic(uint64_t) canary;
	uint64_t registers; /* plain: what orders a use before the free is the implementation */
	struct provider *provider;
	size_t bytes;                       /* that are held until it is freed */
	uint64_t unbound_ns;                /* when unbind() began */
	_Alignas(16) unsigned char state[]; /* the implementation's: service_size bytes, zeroed */
};

struct consumer;

/* The device that a driver binds to. */
struct provider {
	_Alignas(128) _Atomic(unsigned int) in_use; /* the witness's: uses that run, */
	_Atomic(bool) gone;                         /* and whether unbind() has returned */
	struct service *bound;                      /* the harness's; NULL: none is */
	_Atomic(uint64_t) *held;                    /* bytes that are unbound and not freed, */
	_Atomic(uint64_t) *held_ns;          /* and the sum of those bytes times nanoseconds */
	LIST_HEAD(, consumer) users;         /* fixed: all there will be */
	_Alignas(128) unsigned char state[]; /* the implementation's: provider_size bytes, zeroed */
};

/* One consumer of one provider; a thread of its own. */
struct consumer {
	struct provider *provider;
	LIST_ENTRY(consumer) link;
	uint64_t hold;          /* turns of a delay that a use lasts */
	uint64_t kept_until_ns; /* it is put then, in use or not; 0: by its last use, or not got */
	uint64_t dead;          /* uses that saw a dead service, */
	uint64_t late;          /* or that the witness saw running after unbind() had returned */
	bool watched;           /* uses are marked for the witness */
	_Alignas(16) unsigned char state[]; /* the implementation's: user_size bytes, zeroed */
};

/* Frees a service that is bound no more, and is in nobody's use. */
void service_free(struct service *service);

/* Relaxed: the witness must not order what it watches. */
static inline void service_mark(struct consumer *user, int in_use)
{
	struct provider *provider = user->provider;

	atomic_fetch_add_explicit(&provider->in_use, (unsigned int)in_use, memory_order_relaxed);
	user->late += atomic_load_explicit(&provider->gone, memory_order_relaxed);
}

/* One use: what a driver's function does. The service must live from its call to its return; a user
 * who finds that it did not counts it. */
static inline void service_use(struct consumer *user, struct service *service)
{
	uint64_t canary = atomic_load_explicit(&service->canary, memory_order_relaxed);

	if (__builtin_expect(user->watched, false))
		service_mark(user, 1);
	(void)*(volatile uint64_t *)&service->registers;
	for (uint64_t turns = user->hold; turns; turns--)
		__asm__ volatile("" : "+r"(turns));
	if (__builtin_expect(user->watched, false))
		service_mark(user, -1);
	user->dead += (canary & SERVICE_ALIVE_MASK) != SERVICE_ALIVE ||
	              atomic_load_explicit(&service->canary, memory_order_relaxed) != canary;
}

/* The operations return 0 or a negative errno; those marked optional may be NULL. */
struct lifetime_ops {
	/* Its class is CLASS_SAFE or CLASS_UNSAFE; its progress is that of get, use and put. */
	union {
		struct impl_about about;
		struct {
			IMPL_ABOUT_MEMBERS
		};
	};
	size_t provider_size; /* bytes of provider->state */
	size_t service_size;  /* bytes of service->state */
	size_t user_size;     /* bytes of user->state */

	/* Optional: before the provider's first bind and after its last unbind, one thread. */
	int (*provider_init)(struct provider *provider);
	void (*provider_destroy)(struct provider *provider);

	/* A driver binds: `service` is new. Nothing is bound. Users may see it a little after this
	 * has returned, as what it has stored may still be in a buffer. */
	void (*bind)(struct provider *provider, struct service *service);

	/* The driver goes. Has the service freed, at once or, where users only look at it to be
	 * refused, by the last of them. One thread binds and unbinds a provider. */
	void (*unbind)(struct provider *provider);

	/* -ENODEV: nothing is bound. Else put() follows, once. */
	int (*get)(struct consumer *user);

	/* Between the two. -ENODEV: the service that was got is unbound. */
	int (*use)(struct consumer *user);
	void (*put)(struct consumer *user);
};

#endif
