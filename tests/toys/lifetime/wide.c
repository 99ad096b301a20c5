/* SPDX-License-Identifier: MIT */
/* Each driver and each get work on more words of the service's memory than there used to be room
 * for; the last is looked at once more when the service is gone. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

enum { WORDS = 70 };

struct wide {
	_Atomic(uint64_t) words[WORDS];
};

static struct wide *wide(struct service *service)
{
	return (struct wide *)service->state;
}

static void wide_bind(struct provider *provider, struct service *service)
{
	for (int i = 0; i < WORDS; i++)
		atomic_store_explicit(&wide(service)->words[i], 1, memory_order_seq_cst);
	mutex_bind(provider, service);
}

static void wide_unbind(struct provider *provider)
{
	struct service *service = mutex(provider)->service;

	mutex_unbind(provider);
	(void)atomic_load_explicit(&wide(service)->words[WORDS - 1], memory_order_relaxed);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct mutex),
    .service_size = sizeof(struct wide),
    .provider_init = mutex_init,
    .bind = wide_bind,
    .unbind = wide_unbind,
    .get = mutex_get,
    .use = mutex_use,
    .put = mutex_put,
};
