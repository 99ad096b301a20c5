/* SPDX-License-Identifier: MIT */
/* get allocates memory, which the explorer refuses outside setup. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static int allocates_get(struct consumer *user)
{
	free(malloc(1));
	return mutex_get(user);
}

#define CLASS CLASS_SAFE
#define GET allocates_get
#include "table.h"
