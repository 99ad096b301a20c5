/* SPDX-License-Identifier: MIT */
/* unbind leaks the service. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static void forget_unbind(struct provider *provider)
{
	mutex_bind(provider, NULL);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = forget_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
