/* SPDX-License-Identifier: MIT */
/* Negative control: mutex, but a use that finds no service returns with the mutex held. The next
 * operation on the device waits forever. */
#define impl mutex_impl
#include "../mutex.c"
#undef impl

static inline int forgotten_unlock_use(struct consumer *user)
{
	struct mutex *p = mutex(user->provider);

	lock_acquire(&p->lock);
	if (!p->service)
		return -ENODEV;
	service_use(user, p->service);
	lock_release(&p->lock);
	return 0;
}

static const struct lifetime_ops impl = {
    .summary = "mutex, but a refused use does not release the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .provider_size = sizeof(struct mutex),
    .provider_init = mutex_init,
    .provider_destroy = mutex_destroy,
    .bind = mutex_bind,
    .unbind = mutex_unbind,
    .get = mutex_get,
    .use = forgotten_unlock_use,
    .put = mutex_put,
};
