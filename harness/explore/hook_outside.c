/* SPDX-License-Identifier: MIT */
#include "harness/explore/hook_outside.h"

enum { MAX_ACTIONS_OUTSIDE = 10000 }; /* far more than setup and final checks need */

void explore_watch(struct watcher *watcher)
{
	hook_context.watcher = watcher;
}

void hook_count(void)
{
	struct machine *m = hook_context.machine;

	if (m && ++m->actions > MAX_ACTIONS_OUTSIDE)
		longjmp(m->outside, 1);
}

void hook_outside(enum watched what, const volatile void *p)
{
	struct watcher *watcher = hook_context.watcher;

	if (watcher)
		watcher->see(watcher, what, p);
	hook_count();
}
