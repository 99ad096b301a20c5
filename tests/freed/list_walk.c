/* SPDX-License-Identifier: MIT */
/* The walk of a remove, as posted. It holds the group's mutex, which does not prevent a driver from
 * being freed. */
#define SOURCE "../../impl/list_walk.c"
#include "freed_driver.h"
