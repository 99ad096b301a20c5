/* SPDX-License-Identifier: MIT */
/* Correct, but with more state than the explorer has room for. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

struct large {
	struct mutex mutex;
	char rest[4096];
};

#define CLASS CLASS_SAFE
#define PROVIDER sizeof(struct large)
#include "table.h"
