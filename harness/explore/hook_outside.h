/* SPDX-License-Identifier: MIT */
/* Hooks that are called outside of an execution. */
#ifndef EXPLORE_HOOK_OUTSIDE_H
#define EXPLORE_HOOK_OUTSIDE_H

#include "harness/explore/hook.h"
#include "harness/explore/machine_state.h"

/* Shows the access to the watcher, and counts it. `p`: NULL where there is no address. */
void hook_outside(enum watched what, const volatile void *p);

/* Ends code in setup or at rest once it has called so many hooks that it must be waiting forever.
 */
void hook_count(void);

#endif
