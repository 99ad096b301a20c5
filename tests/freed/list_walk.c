/* SPDX-License-Identifier: MIT */
/* The walk of a remove, as posted: it holds the group's mutex, which does not stop a driver from
 * going away. */
#define SOURCE "../../impl/list_walk.c"
#include "freed_driver.h"
