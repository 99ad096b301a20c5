/* SPDX-License-Identifier: MIT */
/* Uses are correct, but the design reads its state in the service's memory after it may be freed.
 */
#define impl kref_gone_impl
#include "lifetime/kref_gone.c"
#undef impl

static void look_put(struct consumer *user)
{
	struct service *service = kref_gone_user(user)->service;

	kref_gone_drop(service);
	(void)atomic_load_explicit(&kref_gone_service(service)->refs, memory_order_relaxed);
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .provider_size = sizeof(struct kref_gone),
    .service_size = sizeof(struct kref_gone_service),
    .user_size = sizeof(struct kref_gone_user),
    .provider_init = kref_gone_init,
    .bind = kref_gone_bind,
    .unbind = kref_gone_unbind,
    .get = kref_gone_get,
    .use = kref_gone_use,
    .put = look_put,
};
