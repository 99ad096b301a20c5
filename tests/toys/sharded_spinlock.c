/* SPDX-License-Identifier: MIT */
/* `sharded` over a lock whose release is a plain store: the store that gives the group back can
 * still be in the store buffer when group_release() has returned. */
#include "../../impl/sharded.c"
#include "lock/any.h"
