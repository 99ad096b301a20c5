/* SPDX-License-Identifier: MIT */
/* The program's part of group ownership: its workloads, and the traces that they are made of. */
#ifndef BENCH_OWNERSHIP_OWNERSHIP_H
#define BENCH_OWNERSHIP_OWNERSHIP_H

#include "bench/families/workload.h"
#include "harness/ownership/ownership.h"

extern const struct workload ownership_workloads[];
extern const struct workload ownership_race;

/* Ownership's parameters of a run, which run_spec.own points to. */
struct ownership_run {
	struct ownership_spec spec; /* must be the first member */
	const struct workload *workload;
	struct workload_params params;
};

/* The make_trace function of every workload. Since device_lock admits one thread at a time, each
 * device belongs to one thread for the whole run; devices are dealt out in turn. Returns NULL
 * with the error set if the thread gets no device. */
uintptr_t *ownership_make_trace(const struct run_spec *spec, const struct model *model,
    unsigned int thread, size_t *steps, struct error *err);

/* Returns whether each of `threads` threads gets a device of its own, or needs none. */
bool ownership_fits(
    const struct workload *workload, const struct topology *topology, unsigned int threads);

#endif
