/* SPDX-License-Identifier: MIT */
/*
 * mutex_count with some operations replaced. The including file may define
 *
 *	INIT, USE, UNUSE, CLAIM, RELEASE, DEVICE_CLAIM, DEVICE_RELEASE, CLAIMED
 *		functions that replace those of mutex_count
 *	MORE	bytes of the group's state after struct mutex_count
 *
 * Its functions are defined after the inclusion of impl/mutex_count.c, whose table is renamed.
 */
#ifndef USE
#define USE mutex_count_use
#endif
#ifndef UNUSE
#define UNUSE mutex_count_unuse
#endif
#ifndef CLAIM
#define CLAIM mutex_count_claim
#endif
#ifndef RELEASE
#define RELEASE mutex_count_release
#endif
#ifndef DEVICE_CLAIM
#define DEVICE_CLAIM mutex_count_device_claim
#endif
#ifndef DEVICE_RELEASE
#define DEVICE_RELEASE mutex_count_device_release
#endif
#ifndef CLAIMED
#define CLAIMED mutex_count_claimed
#endif
#ifndef INIT
#define INIT mutex_count_init
#endif
#ifndef MORE
#define MORE 0
#endif

static const struct impl_ops impl = {
    .summary = "test: a correct variant of mutex_count",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count) + MORE,
    .group_init = INIT,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = USE,
    .unuse_default_domain = UNUSE,
    .group_claim = CLAIM,
    .group_release = RELEASE,
    .device_claim = DEVICE_CLAIM,
    .device_release = DEVICE_RELEASE,
    .claimed = CLAIMED,
};
