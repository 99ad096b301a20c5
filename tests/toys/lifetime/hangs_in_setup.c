/* SPDX-License-Identifier: MIT */
/* The first bind waits for a user that does not exist. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

#include <sched.h>

static _Atomic(int) users;

static void hangs_in_setup_bind(struct provider *provider, struct service *service)
{
	while (!atomic_load_explicit(&users, memory_order_relaxed))
		sched_yield();
	mutex_bind(provider, service);
}

#define CLASS CLASS_UNSAFE
#define BIND hangs_in_setup_bind
#include "table.h"
