/* SPDX-License-Identifier: MIT */
/* Its get allocates, which is refused: the explorer has memory in setup alone. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int allocates_get(struct consumer *user)
{
	free(malloc(1));
	return mutex_get(user);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_SAFE},
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = allocates_get,
    .use = mutex_use,
    .put = mutex_put,
};
