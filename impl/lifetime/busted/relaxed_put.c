/* SPDX-License-Identifier: MIT */
/* Negative control: refcount whose put orders nothing. On x86, where a read-modify-write does, no
 * run shows it: ThreadSanitizer and the explorer, who follow the orders of the source, do. */
#include <semaphore.h>

#include "../lifetime.h"

#define memory_order_acq_rel memory_order_relaxed /* refcount_put() alone has it */
#define impl refcount_impl
#include "../refcount.c"
#undef impl
#undef memory_order_acq_rel

static const struct lifetime_ops impl = {
    .summary = "refcount, but a put orders nothing, which x86 does not show",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_LOCK_FREE,
    .provider_size = sizeof(struct refcount),
    .provider_init = refcount_init,
    .provider_destroy = refcount_destroy,
    .bind = refcount_bind,
    .unbind = refcount_unbind,
    .get = refcount_get,
    .use = refcount_use,
    .put = refcount_put,
};
