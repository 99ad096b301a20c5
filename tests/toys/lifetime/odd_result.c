/* SPDX-License-Identifier: MIT */
/* Its get fails with a number that is 0 in eight bits. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int odd_result_get(struct consumer *user)
{
	return mutex_get(user) ? -256 : 0;
}

#define CLASS CLASS_UNSAFE
#define GET odd_result_get
#include "table.h"
