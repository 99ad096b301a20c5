/* SPDX-License-Identifier: MIT */
/* Correct, but each use runs three uses, more than the explorer has room for. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int uses_often_use(struct consumer *user)
{
	int ret = 0;

	for (int i = 0; i < 3 && !ret; i++)
		ret = mutex_use(user);
	return ret;
}

#define CLASS CLASS_SAFE
#define USE uses_often_use
#include "table.h"
