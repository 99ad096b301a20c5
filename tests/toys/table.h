/* SPDX-License-Identifier: MIT */
/* Table of a toy that is mutex_count except for USE or CLAIM. MORE: additional bytes of a group.
 * Include it after mutex_count.c, whose own table is renamed. */
#ifndef USE
#define USE mutex_count_use
#endif
#ifndef CLAIM
#define CLAIM mutex_count_claim
#endif
#ifndef MORE
#define MORE 0
#endif

static const struct impl_ops impl = {
    .summary = "toy",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count) + MORE,
    .group_init = mutex_count_init,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = USE,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = CLAIM,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
