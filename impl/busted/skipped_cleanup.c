/* SPDX-License-Identifier: MIT */
/*
 * Negative control: mutex_count, but a probe that fails in the driver's own step skips the cleanup,
 * so its count stays forever. The kernel's CONFIG_DEBUG_TEST_DRIVER_REMOVE once skipped the cleanup
 * in this way before it probed again.
 */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

struct skipped_cleanup {
	bool not_bound;
};

static inline struct skipped_cleanup *skipped_cleanup(struct device *dev)
{
	return (struct skipped_cleanup *)dev->state;
}

static void skipped_cleanup_notify(struct device *dev, enum bus_event event)
{
	skipped_cleanup(dev)->not_bound = event == BUS_NOTIFY_DRIVER_NOT_BOUND;
}

static inline int skipped_cleanup_unuse(struct device *dev)
{
	return skipped_cleanup(dev)->not_bound ? 0 : mutex_count_unuse(dev);
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a probe that fails in the driver is not cleaned up",
    .source = "negative control; CONFIG_DEBUG_TEST_DRIVER_REMOVE once did this",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .device_size = sizeof(struct skipped_cleanup),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = skipped_cleanup_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
    .notify = skipped_cleanup_notify,
};
