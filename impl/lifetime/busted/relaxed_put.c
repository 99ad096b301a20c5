/* SPDX-License-Identifier: MIT */
/*
 * Negative control: refcount, but a put has relaxed order. No run on x86 shows the fault, because
 * read-modify-writes are ordered there. ThreadSanitizer and the explorer report it, because they
 * check the memory orders in the source.
 */
#include <semaphore.h>

#include "../lifetime.h"

#define memory_order_acq_rel memory_order_relaxed /* only refcount_put() uses it */
#define impl refcount_impl
#include "../refcount.c"
#undef impl
#undef memory_order_acq_rel

static const struct lifetime_ops impl = {
    .summary = "refcount, but a put has relaxed order, which has no effect on x86",
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
