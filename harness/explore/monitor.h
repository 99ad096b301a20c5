/* SPDX-License-Identifier: MIT */
/*
 * Judges operations while they run: keeps all states of the specification that the calls and
 * results so far allow, for each row of faults that may be forgiven (family.h). Once an execution
 * has ended, the judge (judge.h) is more precise.
 */
#ifndef EXPLORE_MONITOR_H
#define EXPLORE_MONITOR_H

#include "harness/explore/family.h"

enum { MAX_SUPPOSED = 256 };

/* A possible state of the specification, with the open operations that have taken effect in it. */
union supposed {
	struct {
		uint8_t cnt, owner;
		uint8_t done; /* mask of threads */
		uint8_t row;
		uint8_t result[MAX_THREADS]; /* of the operations in `done`: index of the result */
	};
	uint64_t word;
};

struct monitor {
	const struct judging *judging;
	unsigned int n;
	bool full; /* there are more than MAX_SUPPOSED states: the monitor is useless */
	union supposed all[MAX_SUPPOSED]; /* in ascending order of `word` */
};

/* Starts in one state. Uses the rows up to the last one whose faults are all in `known`. */
void monitor_start(struct monitor *monitor, struct spec_state start, unsigned int known,
    const struct judging *judging);

/* Returns the faults of the first row that allows all results so far, or judging->otherwise if no
 * row does. They are the execution's faults only once it has ended, because later results can rule
 * out that row. */
unsigned int monitor_faults(const struct monitor *monitor);

/* Call these after a thread has called an operation, and after it has returned. */
void monitor_call(struct monitor *monitor, const struct machine *m);
void monitor_return(struct monitor *monitor, const struct machine *m, int thread);

/* Returns the size of the monitor's used part, in bytes. */
static inline size_t monitor_size(const struct monitor *monitor)
{
	return offsetof(struct monitor, all) + monitor->n * sizeof(monitor->all[0]);
}

#endif
