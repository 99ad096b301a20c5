/* SPDX-License-Identifier: MIT */
/* Correct, but with more locks than the lock-order checker tracks. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

enum { LOCKS = 70 };

struct many_locks {
	struct mutex mutex;
	struct lock more[LOCKS];
};

static int many_locks_init(struct provider *provider)
{
	struct many_locks *p = (struct many_locks *)provider->state;

	for (int i = 0; i < LOCKS; i++)
		lock_init(&p->more[i]);
	return mutex_init(provider);
}

#define CLASS CLASS_SAFE
#define PROVIDER sizeof(struct many_locks)
#define INIT many_locks_init
#include "table.h"
