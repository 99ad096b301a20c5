/* SPDX-License-Identifier: MIT */
/* What the threads of a run do. */
#ifndef BENCH_FAMILIES_WORKLOAD_H
#define BENCH_FAMILIES_WORKLOAD_H

#include "harness/measure/family.h"
#include "harness/measure/worker.h"

/* What a person may change of a workload. */
struct workload_params {
	double claims;         /* part of the steps that are a user's claim */
	double plugs;          /* part of the steps at which a device leaves and joins again */
	double readers;        /* part of the threads that only ask; of one thread, of its steps */
	double fail_pinctrl;   /* part of the probes that fail at this step */
	double fail_configure; /* ... */
	double fail_driver;
	double zipf;   /* exponent of the groups' popularity; 0: uniform */
	uint64_t seed; /* of the traces */
};

struct workload {
	const char *name;
	const char *summary; /* one line */
	const char *unit;    /* of items_per_second */
	const struct family *family;
	enum loop_kind loop;
	enum bus_path path;   /* unless asked otherwise */
	bool scales;          /* the default sweep runs it with many numbers of threads */
	bool one_group;       /* the number of groups is no axis of it */
	bool user_holds;      /* a user owns every group all along */
	bool topology;        /* runs on a real machine's groups unless asked otherwise */
	unsigned int groups;  /* unless asked otherwise */
	unsigned int devices; /* the same; 0: enough for all threads */
	uint64_t keep_ns;     /* lifetime: what is got is kept so long, unless asked otherwise */
	unsigned int race;    /* LOOP_RACE: only this of the family's, from 1; 0: all in turn */
	struct workload_params defaults;
};

/* The i-th of all families' workloads, in the order of the families; NULL behind the last. */
const struct workload *workload_at(size_t i);

/* NULL where there is none of that name. */
const struct workload *workload_find(const char *name);

#endif
