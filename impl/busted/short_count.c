/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but a user's claims are counted in 16 bits. After 65,536 nested
 * claims the group looks idle. */
#include <stdint.h>

#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline int short_count_device_claim(struct device *dev, void *owner)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner != owner) {
		ret = -EPERM;
	} else {
		g->owner = owner;
		g->owner_cnt = (uint16_t)(g->owner_cnt + 1);
	}
	lock_release(&g->mutex);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a user's claims are counted in 16 bits",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = short_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
