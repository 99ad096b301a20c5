/* SPDX-License-Identifier: MIT */
/* Correct if each service is zeroed when it is bound, whatever its address. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

struct new_each_time {
	int plain;
	_Atomic(int) shared;
};

static void new_each_time_bind(struct provider *provider, struct service *service)
{
	struct new_each_time *s = (struct new_each_time *)service->state;

	if (!atomic_fetch_add_explicit(&s->shared, 1, memory_order_relaxed) && !s->plain++)
		mutex_bind(provider, service);
}

#define CLASS CLASS_SAFE
#define SERVICE sizeof(struct new_each_time)
#define BIND new_each_time_bind
#include "table.h"
