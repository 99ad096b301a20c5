/* SPDX-License-Identifier: MIT */
/* The walk of a remove, as posted: under the group's mutex, which no driver that goes needs. */
#define SOURCE "../../impl/list_walk.c"
#include "freed_driver.h"
