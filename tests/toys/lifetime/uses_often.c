/* SPDX-License-Identifier: MIT */
/* Right; each use is many, more than there is room for. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int uses_often_use(struct consumer *user)
{
	int ret = 0;

	for (int i = 0; i < 3 && !ret; i++)
		ret = mutex_use(user);
	return ret;
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_SAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = mutex_get,
    .use = uses_often_use,
    .put = mutex_put,
};
