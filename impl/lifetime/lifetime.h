/* SPDX-License-Identifier: MIT */
/*
 * The contract of a service's lifetime: consumers use the service that a device's driver offers,
 * while that driver can be unbound at any time.
 *
 * The device, called provider here, stays. Its service is allocated when a driver binds and freed
 * after the driver is unbound. A consumer gets the service, uses it any number of times, and puts
 * it. Unbind waits for running uses. Once unbind() has returned, every use fails with -ENODEV, even
 * if its consumer got the service before. Then a driver may bind again.
 *
 * An implementation is one file in impl/lifetime/ that includes this header and its lock or
 * reclamation library, and ends with
 *
 *	static const struct lifetime_ops impl = { .summary = ..., .get = ..., ... };
 *
 * The implementation is named after its file. No other file has to change.
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

/* The upper bits of a live service's canary; the low bits number the services. A freed service's
 * canary is 0. */
#define SERVICE_ALIVE UINT64_C(0x6a09e667f3bc0000)
#define SERVICE_ALIVE_MASK UINT64_C(0xffffffffffff0000)

/* The service that a driver offers while it is bound. */
struct service {
	unsigned char list[32]; /* unused; an allocator may keep its links here after a free */
	_Atomic(uint64_t) canary;
	uint64_t registers; /* plain: only the implementation orders a use before the free */
	struct provider *provider;
	size_t bytes;                       /* size of the allocation */
	uint64_t unbound_ns;                /* when unbind() began */
	_Alignas(16) unsigned char state[]; /* service_size bytes for the implementation, zeroed */
};

struct consumer;

/* The device that a driver binds to. */
struct provider {
	_Alignas(128) _Atomic(unsigned int) in_use; /* for the witness: running uses */
	_Atomic(bool) gone;                         /* for the witness: unbind() has returned */
	struct service *bound;               /* for the harness: the bound service, or NULL */
	_Atomic(uint64_t) *held;             /* bytes of services that are unbound but not freed */
	_Atomic(uint64_t) *held_ns;          /* bytes times nanoseconds from unbind to free */
	LIST_HEAD(, consumer) users;         /* all consumers; does not change during a run */
	_Alignas(128) unsigned char state[]; /* provider_size bytes, zeroed */
};

/* A consumer of one provider. Each consumer has its own thread. */
struct consumer {
	struct provider *provider;
	LIST_ENTRY(consumer) link;
	uint64_t hold;          /* the length of a use, in delay-loop turns */
	uint64_t kept_until_ns; /* when a kept service is to be put; 0: none is kept */
	uint64_t dead;          /* uses that saw a freed service */
	uint64_t late;          /* uses that the witness saw after unbind() had returned */
	bool watched;           /* its uses are marked for the witness */
	_Alignas(16) unsigned char state[]; /* user_size bytes for the implementation, zeroed */
};

/* Frees a service. It must be unbound, and no consumer may be using it. */
void service_free(struct service *service);

/* Marks the beginning (1) or the end (-1) of a use for the witness. Relaxed, so that the witness
 * does not order what it observes. */
static inline void service_mark(struct consumer *user, int in_use)
{
	struct provider *provider = user->provider;

	atomic_fetch_add_explicit(&provider->in_use, (unsigned int)in_use, memory_order_relaxed);
	user->late += atomic_load_explicit(&provider->gone, memory_order_relaxed);
}

/* One use, which stands for a call of a driver's function. The service must live until the return.
 * A consumer that finds the service freed counts the use as dead. */
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

/* Operations return 0 or a negative errno. An operation marked optional may be NULL. */
struct lifetime_ops {
	/* The class is CLASS_SAFE or CLASS_UNSAFE. The progress is that of get, use and put. */
	union {
		struct impl_about about;
		struct {
			IMPL_ABOUT_MEMBERS
		};
	};
	size_t provider_size; /* bytes of provider->state */
	size_t service_size;  /* bytes of service->state */
	size_t user_size;     /* bytes of user->state */

	/* Optional. Called by one thread: provider_init() before the first bind, and
	 * provider_destroy() after the last unbind. */
	int (*provider_init)(struct provider *provider);
	void (*provider_destroy)(struct provider *provider);

	/* Binds a new service. Called while no service is bound. For a short time after bind() has
	 * returned, gets may still be refused, because bind()'s stores are still in a store
	 * buffer. */
	void (*bind)(struct provider *provider, struct service *service);

	/* Unbinds the driver. Frees the service before it returns, or leaves this to the last
	 * consumer whose uses still read the memory before they are refused. All binds and unbinds
	 * of a provider come from one thread. */
	void (*unbind)(struct provider *provider);

	/* Gets the service. Returns -ENODEV if none is bound. Each successful get() is followed by
	 * one put(). */
	int (*get)(struct consumer *user);

	/* Uses the service. Called between get() and put(). Returns -ENODEV if the service has been
	 * unbound. */
	int (*use)(struct consumer *user);
	void (*put)(struct consumer *user);
};

#endif
