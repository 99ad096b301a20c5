/* SPDX-License-Identifier: MIT */
/* probe never returns. */
#include <unistd.h>

#define impl ceiling_impl
#include "ceiling.c"
#undef impl

static int hang_use(struct device *dev)
{
	(void)dev;
	while (pause())
		;
	return 0;
}

static const struct impl_ops impl = {
    .summary = "never comes back from probe",
    .source = "test",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .device_add = ceiling_add,
    .device_remove = ceiling_remove,
    .use_default_domain = hang_use,
    .unuse_default_domain = ceiling_device,
    .group_claim = ceiling_claim,
    .group_release = ceiling_release,
    .device_claim = ceiling_device_claim,
    .device_release = ceiling_device,
    .claimed = ceiling_claimed,
};
