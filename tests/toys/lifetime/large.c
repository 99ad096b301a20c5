/* SPDX-License-Identifier: MIT */
/* Right, but for more state than the explorer has. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

struct large {
	struct mutex mutex;
	char rest[4096];
};

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_SAFE},
    .provider_size = sizeof(struct large),
    .provider_init = mutex_init,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
