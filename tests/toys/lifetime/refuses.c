/* SPDX-License-Identifier: MIT */
/* get is refused while another user holds a reference. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static _Atomic(int) busy;

static int busy_get(struct consumer *user)
{
	int ret;

	if (atomic_exchange_explicit(&busy, 1, memory_order_relaxed))
		return -ENODEV;
	ret = mutex_get(user);
	atomic_store_explicit(&busy, 0, memory_order_relaxed);
	return ret;
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = busy_get,
    .use = mutex_use,
    .put = mutex_put,
};
