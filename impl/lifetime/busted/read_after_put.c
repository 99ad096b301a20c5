/* SPDX-License-Identifier: MIT */
/*
 * Negative control: kref_gone with a count of consumers in the provider, but a put finds the
 * provider in the service after it has dropped its reference. That is a plain load of freed memory
 * if the reference was the last one. The memory usually still has its old content, so only the
 * explorer and AddressSanitizer report the fault.
 */
#define impl kref_gone_impl
#include "../kref_gone.c"
#undef impl

struct read_after_put {
	struct kref_gone kref;
	_Atomic(unsigned int) consumers; /* those between get and put */
};

static inline struct read_after_put *read_after_put(struct provider *provider)
{
	return (struct read_after_put *)provider->state;
}

static inline int read_after_put_get(struct consumer *user)
{
	const int ret = kref_gone_get(user);

	if (!ret)
		atomic_fetch_add_explicit(
		    &read_after_put(user->provider)->consumers, 1, memory_order_relaxed);
	return ret;
}

static inline void read_after_put_put(struct consumer *user)
{
	struct service *service = kref_gone_user(user)->service;

	kref_gone_drop(service);
	atomic_fetch_sub_explicit(
	    &read_after_put(service->provider)->consumers, 1, memory_order_relaxed);
}

static const struct lifetime_ops impl = {
    .summary = "kref_gone, but a put reads the service after dropping its reference",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .provider_size = sizeof(struct read_after_put),
    .service_size = sizeof(struct kref_gone_service),
    .user_size = sizeof(struct kref_gone_user),
    .provider_init = kref_gone_init,
    .provider_destroy = kref_gone_destroy,
    .bind = kref_gone_bind,
    .unbind = kref_gone_unbind,
    .get = read_after_put_get,
    .use = kref_gone_use,
    .put = read_after_put_put,
};
