/* SPDX-License-Identifier: MIT */
/*
 * Negative control: list_walk, but remove walks after the driver pointer is cleared, as was
 * proposed to prevent the leak of two concurrent removes (claim C4). The design still leaks. A
 * sibling that failed in pinctrl or was refused looks like an owner until its pointer is cleared,
 * and no walk follows.
 *
 * A probe that fails in the driver's step is cleaned up before its pointer is cleared, as in
 * list_walk. With --path=ops no notifier runs, so ownership is never dropped: only the explorer and
 * --path=probe give a meaningful result.
 */
#define impl list_walk_impl
#include "../list_walk.c"
#undef impl

struct walk_after_clear {
	bool not_bound; /* the next cleanup is that of a failed probe */
	bool owed;      /* a walk is due as soon as the pointer is cleared */
};

static inline struct walk_after_clear *walk_after_clear(struct device *dev)
{
	return (struct walk_after_clear *)dev->state;
}

static inline int walk_after_clear_unuse(struct device *dev)
{
	struct walk_after_clear *d = walk_after_clear(dev);

	if (d->not_bound) {
		d->not_bound = false;
		return list_walk_unuse(dev);
	}
	d->owed = true;
	return 0;
}

static void walk_after_clear_notify(struct device *dev, enum bus_event event)
{
	struct walk_after_clear *d = walk_after_clear(dev);

	if (event == BUS_NOTIFY_DRIVER_NOT_BOUND) {
		/* A driver_managed_dma driver has no cleanup. */
		struct driver *drv = device_read_driver(dev, memory_order_relaxed);

		d->not_bound = drv && !driver_manages_dma(drv);
	} else if (event == BUS_NOTIFY_UNBOUND_DRIVER && d->owed) {
		d->owed = false;
		list_walk_unuse(dev);
	}
}

static const struct impl_ops impl = {
    .summary = "list_walk, but remove walks after the driver pointer is cleared",
    .source = "negative control; thread of [PATCH v6 02/11], Feb 2022",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct list_walk),
    .device_size = sizeof(struct walk_after_clear),
    .group_init = list_walk_init,
    .group_destroy = list_walk_destroy,
    .device_add = list_walk_add,
    .device_remove = list_walk_remove,
    .use_default_domain = list_walk_use,
    .unuse_default_domain = walk_after_clear_unuse,
    .group_claim = list_walk_claim,
    .group_release = list_walk_release,
    .device_claim = list_walk_device_claim,
    .device_release = list_walk_device_release,
    .claimed = list_walk_claimed,
    .notify = walk_after_clear_notify,
    .drivers_must_stay = true,
};
