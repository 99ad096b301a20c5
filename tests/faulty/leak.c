/* SPDX-License-Identifier: MIT */
/* Leaves groups owned, which the audit at the end of a run detects. */
#define impl ceiling_impl
#include "ceiling.c"
#undef impl

static bool leak_claimed(struct group *group)
{
	(void)group;
	return true;
}

static const struct impl_ops impl = {
    .summary = "stays owned for good",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_WAIT_FREE,
    .device_add = ceiling_add,
    .device_remove = ceiling_remove,
    .use_default_domain = ceiling_device,
    .unuse_default_domain = ceiling_device,
    .group_claim = ceiling_claim,
    .group_release = ceiling_release,
    .device_claim = ceiling_device_claim,
    .device_release = ceiling_device,
    .claimed = leak_claimed,
};
