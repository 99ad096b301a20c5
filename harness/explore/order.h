/* SPDX-License-Identifier: MIT */
/* What happened before what in one execution, and the races in it. */
#ifndef EXPLORE_ORDER_H
#define EXPLORE_ORDER_H

#include "harness/explore/machine_state.h"

void order_reset(struct machine *m);

/* The next event. Each race of it with an earlier one is given to search_race(). */
void order_add(struct machine *m, int proc, enum event_kind kind, uint16_t loc);

/* The same for one that was waited for in vain, as the execution ended. */
void order_blocked(struct machine *m, int proc, enum event_kind kind, uint16_t loc);

#endif
