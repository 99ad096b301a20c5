/* SPDX-License-Identifier: MIT */
/* Right, with more locks than the order is kept of. */
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

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_SAFE},
    .provider_size = sizeof(struct many_locks),
    .provider_init = many_locks_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
