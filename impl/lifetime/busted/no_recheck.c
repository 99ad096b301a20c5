/* SPDX-License-Identifier: MIT */
/* Negative control: hazard, but after a use has set its hazard pointer, it does not check again
 * that the service is bound. */
#define impl hazard_impl
#include "../hazard.c"
#undef impl

static inline int no_recheck_use(struct consumer *user)
{
	/* acquire: pairs with the release in hazard_bind(). */
	struct service *service =
	    atomic_load_explicit(&hazard(user->provider)->service, memory_order_acquire);

	if (!service)
		return -ENODEV;
	ck_hp_set_fence(hazard_mine, 0, service);
	service_use(user, service);
	hazard_clear();
	return 0;
}

static const struct lifetime_ops impl = {
    .summary = "hazard, but a use does not check again that the service is bound",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .setup = hazard_setup,
    .thread_register = hazard_thread_register,
    .thread_unregister = hazard_thread_unregister,
    .provider_size = sizeof(struct hazard),
    .service_size = sizeof(ck_hp_hazard_t),
    .bind = hazard_bind,
    .unbind = hazard_unbind,
    .get = hazard_get,
    .use = no_recheck_use,
    .put = hazard_put,
};
