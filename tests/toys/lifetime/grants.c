/* SPDX-License-Identifier: MIT */
/* get is always granted. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int any_get(struct consumer *user)
{
	mutex_get(user);
	return 0;
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = any_get,
    .use = mutex_use,
    .put = mutex_put,
};
