/* SPDX-License-Identifier: MIT */
/* Each driver stores to many words of the service's memory. The last word is read once more
 * after the service is freed. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

enum { WORDS = 70 };

struct wide {
	_Atomic(uint64_t) words[WORDS];
};

static struct wide *wide(struct service *service)
{
	return (struct wide *)service->state;
}

static void wide_bind(struct provider *provider, struct service *service)
{
	for (int i = 0; i < WORDS; i++)
		atomic_store_explicit(&wide(service)->words[i], 1, memory_order_seq_cst);
	mutex_bind(provider, service);
}

static void wide_unbind(struct provider *provider)
{
	struct service *service = mutex(provider)->service;

	mutex_unbind(provider);
	(void)atomic_load_explicit(&wide(service)->words[WORDS - 1], memory_order_relaxed);
}

#define CLASS CLASS_UNSAFE
#define SERVICE sizeof(struct wide)
#define BIND wide_bind
#define UNBIND wide_unbind
#include "table.h"
