/* SPDX-License-Identifier: MIT */
/* Negative control: hazard whose name may still be in the store buffer when the use looks again. */
#include "../hazard.h"

#undef ck_hp_set_fence
#define ck_hp_set_fence ck_hp_set
#define impl hazard_impl
#include "../hazard.c"
#undef impl

static const struct lifetime_ops impl = {
    .about.summary = "hazard, but no fence between the name and the second look",
    .about.source = "negative control",
    .about.class = CLASS_UNSAFE,
    .about.progress = PROGRESS_LOCK_FREE,
    .about.setup = hazard_setup,
    .about.thread_register = hazard_thread_register,
    .about.thread_unregister = hazard_thread_unregister,
    .provider_size = sizeof(struct hazard),
    .service_size = sizeof(ck_hp_hazard_t),
    .bind = hazard_bind,
    .unbind = hazard_unbind,
    .get = hazard_get,
    .use = hazard_use,
    .put = hazard_put,
};
