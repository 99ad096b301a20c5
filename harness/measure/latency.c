/* SPDX-License-Identifier: MIT */
#include "harness/measure/latency.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

__thread struct latency *latency_mine;

const char *latency_op_name(enum latency_op op)
{
	static const char *const names[] = {
	    [LATENCY_PROBE] = "probe",
	    [LATENCY_REFUSED] = "refused",
	    [LATENCY_REMOVE] = "remove",
	    [LATENCY_CLAIM_GRANTED] = "claim_granted",
	    [LATENCY_CLAIM_REFUSED] = "claim_refused",
	    [LATENCY_CLAIM_SUCCESS] = "claim_success",
	    [LATENCY_RELEASE] = "release",
	    [LATENCY_QUERY] = "query",
	    [LATENCY_USE] = "use",
	    [LATENCY_UNBIND] = "unbind",
	    [LATENCY_FIRST_TOUCH] = "first_touch",
	    [LATENCY_RETOUCH] = "retouch",
	};

	return names[op];
}

uint64_t latency_timer_cost(void)
{
	enum { PAIRS = 1001 };
	double pairs[PAIRS];

	for (int i = 0; i < PAIRS; i++) {
		uint64_t start = latency_start();

		pairs[i] = (double)(clock_ns() - start);
	}
	gsl_sort(pairs, 1, PAIRS);
	return (uint64_t)gsl_stats_median_from_sorted_data(pairs, 1, PAIRS);
}

void latency_merge(struct latency *into, const struct latency *from)
{
	into->timer_ns = from->timer_ns;
	into->unsuccessful += from->unsuccessful;
	for (int op = 0; op < LATENCY_OPS; op++)
		histogram_merge(&into->ops[op], &from->ops[op]);
}
