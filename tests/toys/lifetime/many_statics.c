/* SPDX-License-Identifier: MIT */
/* Correct, but get reads more static variables than the explorer can restore. */
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
