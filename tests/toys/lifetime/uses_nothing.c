/* SPDX-License-Identifier: MIT */
/* A use reports success, but does not use the service. */
#define impl mutex_impl
#include "lifetime/mutex.c"
#undef impl

#define CLASS CLASS_UNSAFE
#define USE mutex_get
#include "table.h"
