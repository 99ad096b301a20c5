/* SPDX-License-Identifier: MIT */
/* Only the first bind has an effect: no later service is ever granted. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static _Atomic(int) drivers;

static void first_bind(struct provider *provider, struct service *service)
{
	if (!atomic_fetch_add_explicit(&drivers, 1, memory_order_relaxed))
		mutex_bind(provider, service);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = first_bind,
    .unbind = mutex_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
