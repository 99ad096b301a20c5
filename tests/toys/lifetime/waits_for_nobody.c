/* SPDX-License-Identifier: MIT */
/* unbind waits for a user that does not exist: it hangs although no thread holds a reference. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

#include <sched.h>

static _Atomic(int) nobody = 1;

static void wait_unbind(struct provider *provider)
{
	while (atomic_load_explicit(&nobody, memory_order_relaxed))
		sched_yield();
	mutex_unbind(provider);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = wait_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
