/* SPDX-License-Identifier: MIT */
/* Its get fails with a number that is 0 in eight bits. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int odd_result_get(struct consumer *user)
{
	return mutex_get(user) ? -256 : 0;
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = odd_result_get,
    .use = mutex_use,
    .put = mutex_put,
};
