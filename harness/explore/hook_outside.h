/* SPDX-License-Identifier: MIT */
/* Helpers for hooks that are called outside of an execution. */
#ifndef EXPLORE_HOOK_OUTSIDE_H
#define EXPLORE_HOOK_OUTSIDE_H

#include "harness/explore/hook.h"
#include "harness/explore/machine_state.h"

/* Passes the operation to the watcher, if there is one, and calls hook_count(). `p` is NULL for
 * operations without an address. */
void hook_outside(enum watched what, const volatile void *p);

/* Counts a hook that is called in setup or at rest. After too many hooks the code must be
 * waiting forever, so it is aborted by longjmp(). */
void hook_count(void);

#endif
