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

/*
 * Makes the trace of a thread, for every workload. A device belongs to one thread for the whole
 * run, because device_lock admits one at a time. Devices are dealt out in turn. Returns NULL with
 * the error set if the thread gets none, or if out of memory.
 */
uintptr_t *ownership_make_trace(const struct run_spec *spec, const struct model *model,
    unsigned int thread, size_t *steps, struct error *err);

/* Returns whether each of `threads` threads gets its own device, or the workload needs none. */
bool ownership_fits(
    const struct workload *workload, const struct topology *topology, unsigned int threads);

#endif
