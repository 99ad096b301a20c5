/* SPDX-License-Identifier: MIT */
/* Which runs a sweep consists of. */
#ifndef BENCH_SWEEP_PLAN_H
#define BENCH_SWEEP_PLAN_H

#include "bench/families/families.h"
#include "bench/families/workload.h"
#include "harness/measure/run.h"
#include "harness/record/run_id.h"

/* What a person asked for; what is NULL or 0 was not said. */
struct plan_request {
	const struct bench_family *family; /* NULL: ownership */
	char **impls;                      /* patterns */
	size_t nr_impls;
	const struct workload **workloads;
	size_t nr_workloads;
	unsigned int *threads;
	size_t nr_threads;
	unsigned int *devices;
	size_t nr_devices;
	unsigned int *groups;
	size_t nr_groups;
	const char *topology; /* a file, "-" or "sysfs" */
	int path;             /* enum bus_path, or -1 */
	enum pin_policy pin;
	struct memory_request memory;
	enum run_check check;
	bool race;      /* one-shot races in place of the workloads */
	size_t history; /* operations of a thread to record */
	bool history_all;
	uint64_t hold_ns;
	uint64_t gap_ns;
	double warmup; /* seconds */
	double duration;
	double claims; /* these six: NAN where not said */
	double plugs;
	double readers;
	double fail_pinctrl;
	double fail_configure;
	double fail_driver;
	double zipf;
	uint64_t latency_every;   /* 0: no step is timed */
	uint64_t claim_every_ns;  /* 0: no thread is a user only */
	uint64_t unbind_every_ns; /* lifetime; 0: by default */
	uint64_t uses;            /* lifetime: of what is got once; 0: by default */
	uint64_t keep_ns;         /* lifetime; 0: by the workload */
	uint64_t seed;
	struct counter_list counters;
};

/* Nothing said; the times are 0. */
struct plan_request plan_request_default(void);

/* One run of the sweep; repeated as often as asked. */
struct plan_run {
	struct run_id id;
	char *name; /* run_id_name() */
	const struct workload *workload;
	struct run_spec spec;
	void *own; /* what spec.own points to; NULL: nothing */
};

struct plan {
	struct plan_run *runs;
	size_t nr_runs;
	size_t nr_left_out; /* points at which a thread would have no device of its own */
	size_t nr_alone;    /* points at which a user at a rate would be the only thread */
	struct topology **topologies; /* owned, shared by the runs */
	size_t nr_topologies;
	struct pin_plan **pins;
	size_t nr_pins;
	struct memory *memory; /* NULL: not placed */
	double turns_per_ns;
};

/* 0, or -1 with an error for the person who asked. Points at which a thread would have no device
 * are left out, and it is an error if none is left. */
int plan_make(struct plan *plan, const struct plan_request *request, struct error *err);
void plan_free(struct plan *plan);

/* Frees what a run of the plan owns. */
void plan_run_free(struct plan_run *run);

/* Google Benchmark's own filter, applied to our names: leaves in the plan what passes. 0, or -1
 * with the error set where it is no regular expression, or nothing passes. */
int plan_filter(struct plan *plan, const char *filter, struct error *err);

#endif
