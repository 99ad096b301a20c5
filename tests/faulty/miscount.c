/* SPDX-License-Identifier: MIT */
/* Reports paired releases as unpaired. */
#define impl ceiling_impl
#include "ceiling.c"
#undef impl

static inline int miscount_unuse(struct device *dev)
{
	(void)dev;
	return -EINVAL;
}

static const struct impl_ops impl = {
    .summary = "reports every remove as unpaired",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_WAIT_FREE,
    .device_add = ceiling_add,
    .device_remove = ceiling_remove,
    .use_default_domain = ceiling_device,
    .unuse_default_domain = miscount_unuse,
    .group_claim = ceiling_claim,
    .group_release = ceiling_release,
    .device_claim = ceiling_device_claim,
    .device_release = ceiling_device,
    .claimed = ceiling_claimed,
};
