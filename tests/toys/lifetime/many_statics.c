/* SPDX-License-Identifier: MIT */
/* Right, but each get looks at more statics than the explorer can put back. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

static _Atomic(int) many_statics[100];

static int many_statics_get(struct consumer *user)
{
	for (int i = 0; i < 100; i++)
		(void)atomic_load_explicit(&many_statics[i], memory_order_relaxed);
	return mutex_get(user);
}

#define CLASS CLASS_SAFE
#define GET many_statics_get
#include "table.h"
