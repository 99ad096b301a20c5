/* SPDX-License-Identifier: MIT */
/* The workloads of group ownership, and the traces that their threads follow. */
#ifndef BENCH_OWNERSHIP_OWNERSHIP_H
#define BENCH_OWNERSHIP_OWNERSHIP_H

#include "bench/families/workload.h"
#include "harness/ownership/ownership.h"

extern const struct workload ownership_workloads[];
extern const struct workload ownership_race;

/* The structure that run_spec.own points to. */
struct ownership_run {
	struct ownership_spec spec; /* must be first */
	const struct workload *workload;
	struct workload_params params;
};

/* Makes a thread's trace, for any workload. A device belongs to one thread for the whole run,
 * because only one thread at a time can hold its device_lock. The devices are dealt out to the
 * threads in turn. Returns NULL with the error set if the thread gets no device, or if out of
 * memory. */
uintptr_t *ownership_make_trace(const struct run_spec *spec, const struct model *model,
    unsigned int thread, size_t *steps, struct error *err);

/* Returns whether each of `threads` threads gets a device, or the workload also runs with threads
 * that have none. */
bool ownership_fits(
    const struct workload *workload, const struct topology *topology, unsigned int threads);

#endif
