/* SPDX-License-Identifier: MIT */
/* get fails with a number whose low eight bits are 0. */
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
