/* SPDX-License-Identifier: MIT */
/* Correct: get sets the hazard pointer and put clears it, so a use need not check again. bind
 * clears its own thread's hazard pointer, even in setup. */
#define impl hazard_impl
#include "lifetime/hazard.c"
#undef impl

struct names_in_get_user {
	struct service *service;
};

static struct service **names_in_get(struct consumer *user)
{
	return &((struct names_in_get_user *)user->state)->service;
}

static void names_in_get_bind(struct provider *provider, struct service *service)
{
	hazard_clear();
	hazard_bind(provider, service);
}

static int names_in_get_get(struct consumer *user)
{
	_Atomic(struct service *) *bound = &hazard(user->provider)->service;
	struct service *service = atomic_load_explicit(bound, memory_order_relaxed), *named;

	do {
		named = service;
		if (!named)
			break;
		ck_hp_set_fence(hazard_mine, 0, named);
		service = atomic_load_explicit(bound, memory_order_acquire);
	} while (service != named);
	if (!service)
		hazard_clear();
	*names_in_get(user) = service;
	return service ? 0 : -ENODEV;
}

static int names_in_get_use(struct consumer *user)
{
	service_use(user, *names_in_get(user));
	return 0;
}

static void names_in_get_put(struct consumer *user)
{
	(void)user;
	hazard_clear();
}

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS_SAFE},
    .provider_size = sizeof(struct hazard),
    .service_size = sizeof(ck_hp_hazard_t),
    .user_size = sizeof(struct names_in_get_user),
    .bind = names_in_get_bind,
    .unbind = hazard_unbind,
    .get = names_in_get_get,
    .use = names_in_get_use,
    .put = names_in_get_put,
};
