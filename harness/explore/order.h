/* SPDX-License-Identifier: MIT */
/* Dependencies between the events of an execution, and races between them that can be reversed. */
#ifndef EXPLORE_ORDER_H
#define EXPLORE_ORDER_H

#include "harness/explore/machine_state.h"

void order_reset(struct machine *m);

/* Appends the next event. Calls search_race() for each earlier event with which it races. */
void order_add(struct machine *m, int proc, enum event_kind kind, uint16_t loc);

/* Calls search_race() for each race of a step that was still blocked when the execution ended. */
void order_blocked(struct machine *m, int proc, enum event_kind kind, uint16_t loc);

#endif
