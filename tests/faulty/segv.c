/* SPDX-License-Identifier: MIT */
/* Crashes in the middle of a run. */
#include <signal.h>

#define impl ceiling_impl
#include "ceiling.c"
#undef impl

static int segv_use(struct device *dev)
{
	(void)dev;
	return raise(SIGSEGV);
}

static const struct impl_ops impl = {
    .summary = "crashes in probe",
    .source = "test",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .device_add = ceiling_add,
    .device_remove = ceiling_remove,
    .use_default_domain = segv_use,
    .unuse_default_domain = ceiling_device,
    .group_claim = ceiling_claim,
    .group_release = ceiling_release,
    .device_claim = ceiling_device_claim,
    .device_release = ceiling_device,
    .claimed = ceiling_claimed,
};
