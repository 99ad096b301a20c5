/* SPDX-License-Identifier: MIT */
/* Helpers for hooks that are called outside of an execution. */
#ifndef EXPLORE_HOOK_OUTSIDE_H
#define EXPLORE_HOOK_OUTSIDE_H

#include "harness/explore/hook.h"
#include "harness/explore/machine_state.h"

/* Passes the operation to the watcher, if any, and calls hook_count(). `p` is NULL if the operation
 * has no address. */
void hook_outside(enum watched what, const volatile void *p);

/* Counts the hooks that are called in setup or at rest. After too many of them, the code is assumed
 * to wait forever, and is aborted by longjmp(). */
void hook_count(void);

#endif
