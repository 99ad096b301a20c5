/* SPDX-License-Identifier: MIT */
/*
 * Latencies of single operations. One step in every few hundred runs in a separate loop that times
 * each operation. All others run in the loop that is measured for throughput.
 *
 * A time stamp is taken by clock_gettime() and a fence. The cost of reading the clock twice is
 * measured before the run and subtracted. The store buffer is not drained, because a caller of the
 * operation would not wait for its stores to become visible either.
 */
#ifndef HARNESS_MEASURE_LATENCY_H
#define HARNESS_MEASURE_LATENCY_H

#include <stdbool.h>

#include "harness/measure/clock.h"
#include "harness/measure/histogram.h"
#include "harness/measure/recorder.h"

enum latency_op {
	LATENCY_PROBE,   /* a granted use_default_domain() */
	LATENCY_REFUSED, /* a refused probe, or a refused use of a service */
	LATENCY_REMOVE,
	LATENCY_CLAIM_GRANTED, /* an attempt to claim that is granted */
	LATENCY_CLAIM_REFUSED,
	LATENCY_CLAIM_SUCCESS, /* from the time when the claim was due until it was granted */
	LATENCY_RELEASE,
	LATENCY_QUERY, /* a call of claimed() */
	LATENCY_USE,   /* a use of a service, without the get before and the put after it */
	LATENCY_UNBIND,
	LATENCY_FIRST_TOUCH, /* a touch of a fresh device, by two threads at once */
	LATENCY_RETOUCH,     /* a touch of a device that is already set up */
	LATENCY_OPS,
};

/* Returns the operation's name in results, such as "probe". */
const char *latency_op_name(enum latency_op op);

/* The latencies of one thread, or the sum of all threads. */
struct latency {
	bool on;               /* the window is open, so times are recorded */
	uint64_t timer_ns;     /* time for two clock reads, subtracted from each latency */
	uint64_t unsuccessful; /* claims that were still pending when the window closed */
	struct histogram ops[LATENCY_OPS];
};

/* The calling thread's latencies. The operations have no argument for them, so they are
 * thread-local. */
extern __thread struct latency *latency_mine;

/* Returns the median time between two successive clock reads, in nanoseconds. */
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
