/* SPDX-License-Identifier: MIT */
/* Dependencies between the events of one execution, and reversible races between them. */
#ifndef EXPLORE_ORDER_H
#define EXPLORE_ORDER_H

#include "harness/explore/machine_state.h"

void order_reset(struct machine *m);

/* Appends the next event. Passes each of its races with an earlier event to search_race(). */
void order_add(struct machine *m, int proc, enum event_kind kind, uint16_t loc);

/* Passes the races of a step that was still blocked when the execution ended to search_race(). */
void order_blocked(struct machine *m, int proc, enum event_kind kind, uint16_t loc);

#endif
