/* SPDX-License-Identifier: MIT */
/* Leaks only in the first of several runs: the one that creates the file named by FAULTY_ONCE. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define impl ceiling_impl
#include "ceiling.c"
#undef impl

static bool once_claimed(struct group *group)
{
	const char *path = getenv("FAULTY_ONCE");
	int fd = path ? open(path, O_CREAT | O_EXCL, 0600) : -1;

	(void)group;
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static const struct impl_ops impl = {
    .summary = "leaks in the first run",
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
    .claimed = once_claimed,
};
