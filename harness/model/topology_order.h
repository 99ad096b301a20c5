/* SPDX-License-Identifier: MIT */
/* Determines whether a log is printed with the oldest or the newest message first, and whether it
 * covers only one boot. */
#ifndef HARNESS_MODEL_TOPOLOGY_ORDER_H
#define HARNESS_MODEL_TOPOLOGY_ORDER_H

#include "harness/model/topology_line.h"
#include "harness/model/topology_list.h"

struct topology_step {
	double by; /* size of the step in seconds; 0: there was no such step */
	unsigned long line;
};

struct topology_order {
	double last[TOPOLOGY_NR_CLOCKS];
	bool seen[TOPOLOGY_NR_CLOCKS];
	size_t rises, falls;
	/* The largest steps of each clock, forward and backward. */
	struct topology_step rise[TOPOLOGY_NR_CLOCKS], fall[TOPOLOGY_NR_CLOCKS];
	bool has_events; /* the current boot had events */
	bool other_boot; /* an earlier boot had events */
};

/* Records the time of a line. Returns 0, or -1 with the error set if a second boot has events. */
int topology_order_note(struct topology_order *order, const struct topology_line *line,
    unsigned long number, struct error *err, const char *source);

/* Sets the order of the list's events. Returns 0, or -1 with the error set if the times contradict
 * each other. */
int topology_order_settle(
    const struct topology_order *order, struct topology_list *list, struct error *err);

#endif
