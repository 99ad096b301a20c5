/* SPDX-License-Identifier: MIT */
/* Group ownership in the program: its workloads, and the traces that they are made of. */
#ifndef BENCH_OWNERSHIP_OWNERSHIP_H
#define BENCH_OWNERSHIP_OWNERSHIP_H

#include "bench/families/workload.h"
#include "harness/ownership/ownership.h"

extern const struct workload ownership_workloads[];
extern const struct workload ownership_race;

/* What run_spec.own points to. */
struct ownership_run {
	struct ownership_spec spec; /* the first member */
	const struct workload *workload;
	struct workload_params params;
};

/*
 * make_trace of every workload. A device belongs to one thread for the whole run, because
 * device_lock allows one at a time; devices are dealt out in turn. Fails where the
 * thread gets none.
 */
uintptr_t *ownership_make_trace(const struct run_spec *spec, const struct model *model,
    unsigned int thread, size_t *steps, struct error *err);

/* Whether each of `threads` threads gets a device of its own, or needs none. */
bool ownership_fits(
    const struct workload *workload, const struct topology *topology, unsigned int threads);

#endif
