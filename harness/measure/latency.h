/* SPDX-License-Identifier: MIT */
/*
 * Latencies of single operations. One step in some hundreds is done by a loop of its own, in which
 * every operation is timed; all others go through the loop that is measured for throughput.
 *
 * The clock is the kernel's, behind a fence of ours; what reading it twice costs is measured before
 * the run and taken off. Nothing drains a store buffer: a store that is still in there when the
 * operation returns is not waited for, as its caller would not.
 */
#ifndef HARNESS_MEASURE_LATENCY_H
#define HARNESS_MEASURE_LATENCY_H

#include <stdbool.h>

#include "harness/measure/clock.h"
#include "harness/measure/histogram.h"
#include "harness/measure/recorder.h"

enum latency_op {
	LATENCY_PROBE, /* use_default_domain() that is granted */
	LATENCY_REFUSED,
	LATENCY_REMOVE,
	LATENCY_CLAIM,         /* one attempt, granted or not */
	LATENCY_CLAIM_SUCCESS, /* from the first attempt to the one that is granted */
	LATENCY_RELEASE,
	LATENCY_QUERY, /* claimed() */
	LATENCY_USE,   /* of a service, without its get and put */
	LATENCY_UNBIND,
	LATENCY_FIRST_TOUCH, /* of a device's state by two at once */
	LATENCY_RETOUCH,
	LATENCY_OPS,
};

/* As it is called in results: "probe". */
const char *latency_op_name(enum latency_op op);

/* One thread's, or all threads'. */
struct latency {
	bool on;               /* the window is open */
	uint64_t timer_ns;     /* what is taken off each time */
	uint64_t unsuccessful; /* claims that were not granted when the window closed */
	struct histogram ops[LATENCY_OPS];
};

/* What the calling thread's operations are put into. */
extern __thread struct latency *latency_mine;

/* The median of pairs of clock reads with nothing in between. */
uint64_t latency_timer_cost(void);

void latency_merge(struct latency *into, const struct latency *from);

static inline uint64_t latency_start(void)
{
	uint64_t now = clock_ns();

	recorder_fence();
	return now;
}

static inline void latency_end(enum latency_op op, uint64_t start)
{
	struct latency *mine = latency_mine;
	uint64_t took = clock_ns() - start;

	if (mine->on)
		histogram_add(&mine->ops[op], took > mine->timer_ns ? took - mine->timer_ns : 0);
}

#endif
