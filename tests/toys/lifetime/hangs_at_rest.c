/* SPDX-License-Identifier: MIT */
/* get hangs if no thread is registered, as at the end of an execution. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static _Atomic(int) registered;

static int hangs_at_rest_register(void)
{
	atomic_fetch_add_explicit(&registered, 1, memory_order_relaxed);
	return 0;
}

static void hangs_at_rest_unregister(void)
{
	atomic_fetch_sub_explicit(&registered, 1, memory_order_relaxed);
}

static int hangs_at_rest_get(struct consumer *user)
{
	while (!atomic_load_explicit(&registered, memory_order_relaxed))
		;
	return mutex_get(user);
}

static const struct lifetime_ops impl = {
    .summary = "toy",
    .class = CLASS_UNSAFE,
    .thread_register = hangs_at_rest_register,
    .thread_unregister = hangs_at_rest_unregister,
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = hangs_at_rest_get,
    .use = mutex_use,
    .put = mutex_put,
};
