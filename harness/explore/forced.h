/* SPDX-License-Identifier: MIT */
/*
 * Steps that the search by states (states.h) takes at once: those that no other process can
 * observe, and the first step of an operation. The call before it thus comes as late as possible,
 * which constrains the results most, because more operations have returned before it.
 */
#ifndef EXPLORE_FORCED_H
#define EXPLORE_FORCED_H

#include "harness/explore/machine_state.h"

/* Returns a process such that the others need not move from here, or -1 if there is none. `enabled`
 * is a mask of the processes that can move. What this assumes of the threads' next steps may turn
 * out to be wrong; m->must_restart is set then. */
int forced_process(struct machine *m, unsigned int enabled);

#endif
