/* SPDX-License-Identifier: MIT */
/* Finds the explored version of an ownership design, or of a toy. */
#ifndef TESTS_EXPLORED_H
#define TESTS_EXPLORED_H

#include "harness/explore/ownership/ownership.h"

extern const struct explored *const explored_toys[]; /* built from tests/toys */

static const struct explored *find_explored(const char *name)
{
	const struct explored *impl = explored_find(explored_ownership, name);

	if (!impl)
		impl = explored_find(explored_toys, name);
	if (!impl)
		fail_msg("%s is not built for the explorer", name);
	return impl;
}

#endif
