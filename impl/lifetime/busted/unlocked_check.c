/* SPDX-License-Identifier: MIT */
/* Negative control: kref_gone, but a use checks `gone` only before it takes the mutex, not under
 * it. The fault is a use after unbind has returned; the memory is not freed too early. */
#define impl kref_gone_impl
#include "../kref_gone.c"
#undef impl

static inline int unlocked_check_use(struct consumer *user)
{
	struct service *service = kref_gone_user(user)->service;
	struct kref_gone_service *s = kref_gone_service(service);

	if (__atomic_load_n(&s->gone, __ATOMIC_RELAXED))
		return -ENODEV;
	lock_acquire(&s->lock);
	service_use(user, service);
	lock_release(&s->lock);
	return 0;
}

static const struct lifetime_ops impl = {
    .summary = "kref_gone, but a use does not repeat its check under the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .provider_size = sizeof(struct kref_gone),
    .service_size = sizeof(struct kref_gone_service),
    .user_size = sizeof(struct kref_gone_user),
    .provider_init = kref_gone_init,
    .provider_destroy = kref_gone_destroy,
    .bind = kref_gone_bind,
    .unbind = kref_gone_unbind,
    .get = kref_gone_get,
    .use = unlocked_check_use,
    .put = kref_gone_put,
};
