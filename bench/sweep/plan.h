/* SPDX-License-Identifier: MIT */
/* The list of runs that a sweep consists of. */
#ifndef BENCH_SWEEP_PLAN_H
#define BENCH_SWEEP_PLAN_H

#include "bench/families/families.h"
#include "bench/families/workload.h"
#include "harness/measure/run.h"
#include "harness/record/run_id.h"

/* The runs that the command line requests. A field that is NULL or 0 was not given. */
struct plan_request {
	const struct bench_family *family; /* NULL: ownership */
	char **impls;                      /* patterns of names */
	size_t nr_impls;
	const struct workload **workloads;
	size_t nr_workloads;
	unsigned int *threads;
	size_t nr_threads;
	unsigned int *devices;
	size_t nr_devices;
	unsigned int *groups;
	size_t nr_groups;
	const char *topology; /* path of a listing, "-", "sysfs" or "all" */
	int path;             /* enum bus_path; -1 if not given */
	enum pin_policy pin;
	struct memory_request memory;
	enum run_check check;
	bool race;      /* run one-shot races instead of workloads */
	size_t history; /* number of operations to record per thread */
	bool history_all;
	uint64_t hold_ns;
	uint64_t gap_ns;
	double warmup; /* seconds */
	double duration;
	double claims; /* this field and the next six: NAN if not given */
	double plugs;
	double readers;
	double fail_pinctrl;
	double fail_configure;
	double fail_driver;
	double zipf;
	double unregisters;      /* as in struct workload_params */
	uint64_t latency_every;  /* one step in this many is timed; 0: none */
	uint64_t claim_every_ns; /* interval at which the last thread claims; 0: off */
	uint64_t
	    unbind_every_ns; /* interval between unbinds, for the lifetime family; 0: default */
	uint64_t uses;       /* uses per get, for the lifetime family; 0: default */
	uint64_t keep_ns;    /* time from get to put, for the lifetime family; 0: default */
	uint64_t seed;
	struct counter_list counters;
};

/* Returns a request without any option. All its times are 0. */
struct plan_request plan_request_default(void);

/* One run of the sweep, which is repeated in each round. */
struct plan_run {
	struct run_id id;
	char *name; /* the id's name, see run_id_name() */
	const struct workload *workload;
	const struct workload_mix
	    *mix; /* NULL: the requested or the workload's default claims and devices */
	struct run_spec spec;
	void *own; /* memory that spec.own points to; NULL: none */
};

struct plan {
	struct plan_run *runs;
	size_t nr_runs;
	size_t nr_left_out; /* points left out because a thread would have no device */
	size_t nr_alone;    /* points left out because the user would be the only thread */
	struct topology **topologies; /* owned by the plan and shared by its runs */
	size_t nr_topologies;
	struct pin_plan **pins;
	size_t nr_pins;
	struct memory *memory;               /* NULL: memory is not placed */
	const struct counter_list *counters; /* those of the request */
	double turns_per_ns;
};

/* Makes the plan. Points at which a thread would have no device are left out; a plan without any
 * point is an error. Returns 0, or -1 with the error set. */
int plan_make(struct plan *plan, const struct plan_request *request, struct error *err);
void plan_free(struct plan *plan);

/* Frees what a run of the plan owns, not the run itself. */
void plan_run_free(struct plan_run *run);

/* Removes all runs whose name does not match the regular expression, as Google Benchmark's own
 * filter would. Returns 0, or -1 with the error set if `filter` is no regular expression or
 * matches no run. */
int plan_filter(struct plan *plan, const char *filter, struct error *err);

#endif
