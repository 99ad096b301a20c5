/* SPDX-License-Identifier: MIT */
/* unbind frees the service twice. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static void twice_unbind(struct provider *provider)
{
	struct service *service = mutex(provider)->service;

	mutex_unbind(provider);
	service_free(service);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = twice_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
