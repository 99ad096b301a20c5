/* SPDX-License-Identifier: MIT */
/* Its get allocates, which is refused: the explorer has memory in setup alone. */
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
