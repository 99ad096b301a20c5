/* SPDX-License-Identifier: MIT */
/* Finds out whether a log has the oldest or the newest message first, and whether all its events
 * are from one boot. */
#ifndef HARNESS_MODEL_TOPOLOGY_ORDER_H
#define HARNESS_MODEL_TOPOLOGY_ORDER_H

#include "harness/model/topology_line.h"
#include "harness/model/topology_list.h"

struct topology_step {
	double by; /* size in seconds; 0: there was no such step */
	unsigned long line;
};

struct topology_order {
	double last[TOPOLOGY_NR_CLOCKS];
	bool seen[TOPOLOGY_NR_CLOCKS];
	size_t rises, falls;
	/* The largest step of each clock, forward and backward. */
	struct topology_step rise[TOPOLOGY_NR_CLOCKS], fall[TOPOLOGY_NR_CLOCKS];
	bool has_events; /* an event of the current boot was read */
	bool other_boot; /* an event of another boot was read, so further events are errors */
};

/* Records the time of a line. Returns 0, or -1 with the error set if events are from two boots. */
int topology_order_note(struct topology_order *order, const struct topology_line *line,
    unsigned long number, struct error *err, const char *source);

/* Sets newest_first and in_order of the list. Returns 0, or -1 with the error set if the times
 * contradict each other. */
int topology_order_settle(
    const struct topology_order *order, struct topology_list *list, struct error *err);

#endif
