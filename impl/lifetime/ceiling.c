/* SPDX-License-Identifier: MIT */
/* Yardstick: no synchronisation at all. It shows the throughput that the hardware allows. The
 * service is never unbound during a run. */
#include "lifetime.h"

struct ceiling {
	struct service *service;
};

static inline struct ceiling *ceiling(struct provider *provider)
{
	return (struct ceiling *)provider->state;
}

static void ceiling_bind(struct provider *provider, struct service *service)
{
	ceiling(provider)->service = service;
}

static void ceiling_unbind(struct provider *provider)
{
	service_free(ceiling(provider)->service);
	ceiling(provider)->service = NULL;
}

static inline int ceiling_get(struct consumer *user)
{
	return ceiling(user->provider)->service ? 0 : -ENODEV;
}

static inline int ceiling_use(struct consumer *user)
{
	service_use(user, ceiling(user->provider)->service);
	return 0;
}

static inline void ceiling_put(struct consumer *user)
{
	(void)user;
}

static const struct lifetime_ops impl = {
    .summary = "a driver that is never unbound: an upper bound for every design",
    .source = "yardstick",
    .class = CLASS_NONE,
    .progress = PROGRESS_WAIT_FREE,
    .provider_size = sizeof(struct ceiling),
    .bind = ceiling_bind,
    .unbind = ceiling_unbind,
    .get = ceiling_get,
    .use = ceiling_use,
    .put = ceiling_put,
};
