/* SPDX-License-Identifier: MIT */
/* Negative control: hazard, but without the fence between the hazard pointer's store and the second
 * check. The store may still be in the store buffer during that check. */
#include "../hazard.h"

#undef ck_hp_set_fence
#define ck_hp_set_fence ck_hp_set
#define impl hazard_impl
#include "../hazard.c"
#undef impl

static const struct lifetime_ops impl = {
    .summary = "hazard, but no fence between the hazard pointer's store and the second check",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_LOCK_FREE,
    .setup = hazard_setup,
    .thread_register = hazard_thread_register,
    .thread_unregister = hazard_thread_unregister,
    .provider_size = sizeof(struct hazard),
    .service_size = sizeof(ck_hp_hazard_t),
    .bind = hazard_bind,
    .unbind = hazard_unbind,
    .get = hazard_get,
    .use = hazard_use,
    .put = hazard_put,
};
