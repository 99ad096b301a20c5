/* SPDX-License-Identifier: MIT */
/* Workloads: the operations that the threads of a run perform. */
#ifndef BENCH_FAMILIES_WORKLOAD_H
#define BENCH_FAMILIES_WORKLOAD_H

#include "harness/measure/family.h"
#include "harness/measure/worker.h"

/* Parameters of a workload that options can change. */
struct workload_params {
	double claims; /* fraction of the steps that are a user's claim */
	double plugs;  /* fraction of the steps at which a device leaves its group and rejoins it */
	double unregisters; /* fraction of the probes whose driver is unregistered and freed */
	double readers; /* fraction of the threads that only query; with one thread, fraction of its
	                   steps */
	double fail_pinctrl;   /* fraction of the probes that fail at this step */
	double fail_configure; /* fraction of the probes that fail at this step */
	double fail_driver;    /* fraction of the probes that fail at this step */
	double zipf;           /* exponent of the Zipf distribution of groups; 0: uniform */
	uint64_t seed;         /* seed of the traces */
};

/* An additional point of a workload in the default sweep, measured for exact designs and the
 * ceiling. A field that is 0 stands for the workload's default. */
struct workload_mix {
	double claims;           /* fraction of the steps that are a user's claim */
	uint64_t claim_every_ns; /* interval at which the last thread claims; 0: off */
	unsigned int devices;    /* number of devices in a group */
};

struct workload {
	const char *name;
	const char *summary; /* one line, for `ownbench list` */
	const char *unit;    /* what items_per_second counts */
	const struct family *family;
	enum loop_kind loop;
	enum bus_path path;   /* default of --path */
	bool exact_only;      /* the default sweep runs only exact designs and the ceiling */
	bool scales;          /* the default sweep uses several numbers of threads */
	bool one_group;       /* the workload always has one group */
	bool user_holds;      /* a user owns every group during the whole run */
	bool topology;        /* runs by default on a real machine's groups */
	unsigned int groups;  /* default of --groups */
	unsigned int devices; /* default of --devices; 0: enough for all threads */
	uint64_t keep_ns;     /* default of --keep, for the lifetime family */
	/* The threads alternate at this interval between probes and claims; 0: off. */
	uint64_t alternate_ns;
	const struct workload_mix *mixes; /* ended by an entry of zeros; NULL: none */
	/* LOOP_RACE: number of the race to run, counted from 1; 0: all races in turn. */
	unsigned int race;
	struct workload_params defaults;
};

/* Returns workload number `i` of all families together, in the order of the families, or NULL if
 * there are fewer. */
const struct workload *workload_at(size_t i);

/* Returns the workload with this name, or NULL. */
const struct workload *workload_find(const char *name);

#endif
