/* SPDX-License-Identifier: MIT */
/*
 * A negative control made from CONTROL_BASE, which is device_slots_unguarded unless the includer
 * defines it as device_slots. The includer defines CONTROL_SUMMARY and CONTROL_CLASS;
 * CONTROL_C11_CLASS, if the class by happens-before is another one; and CONTROL_USE, CONTROL_TAKE,
 * CONTROL_RELEASE or CONTROL_DEVICE_RELEASE, the name of its own function, for each one that it
 * replaces.
 */
#ifndef CONTROL_BASE
#define CONTROL_BASE "../device_slots_unguarded.c"
#endif

#define impl device_slots_impl
#include CONTROL_BASE
#undef impl

#ifdef CONTROL_USE
static int CONTROL_USE(struct device *dev);
#else
#define CONTROL_USE device_slots_use
#endif

#ifdef CONTROL_TAKE
static int CONTROL_TAKE(struct group *group, void *owner);
#else
#define CONTROL_TAKE device_slots_take
#endif

#ifdef CONTROL_RELEASE
static int CONTROL_RELEASE(struct group *group);
#else
#define CONTROL_RELEASE device_slots_release
#endif

#ifdef CONTROL_DEVICE_RELEASE
static int CONTROL_DEVICE_RELEASE(struct device *dev);
#else
#define CONTROL_DEVICE_RELEASE device_slots_device_release
#endif

static int control_claim(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	ret = word_owned(atomic_load_explicit(&g->word, memory_order_relaxed))
	          ? -EPERM
	          : CONTROL_TAKE(group, owner);
	lock_release(&g->claimers);
	return ret;
}

static const struct impl_ops impl = {
    .summary = CONTROL_SUMMARY,
    .source = "negative control",
    .class = CONTROL_CLASS,
#ifdef CONTROL_C11_CLASS
    .c11 = {.differs = true, .class = CONTROL_C11_CLASS},
#endif
    .progress = PROGRESS_WAIT_FREE,
    .setup = fence_setup,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = CONTROL_USE,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = control_claim,
    .group_release = CONTROL_RELEASE,
    .device_claim = device_slots_device_claim,
    .device_release = CONTROL_DEVICE_RELEASE,
    .claimed = device_slots_claimed,
};
