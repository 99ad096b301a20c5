/* SPDX-License-Identifier: MIT */
/* One run: one implementation under one workload at one point of the sweep. */
#ifndef HARNESS_MEASURE_RUN_H
#define HARNESS_MEASURE_RUN_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/error.h"
#include "harness/measure/counters.h"
#include "harness/measure/latency.h"
#include "harness/measure/memory.h"
#include "harness/measure/pin.h"
#include "harness/measure/rendezvous.h"
#include "harness/measure/slices.h"
#include "harness/measure/worker.h"
#include "harness/model/model.h"

/*
 * Told from inside the run's process: before its threads start, when its window has begun, and
 * before it ends, so that all threads are in theirs. LOOP_BIND: between two rounds. 0, or -1 with
 * the error set: that ends the run.
 */
struct run_watch {
	int (*attach)(void *arg, struct error *err);
	int (*begin)(void *arg, struct error *err);
	int (*end)(void *arg, struct error *err);
	void *arg;
};

/* What is to be run; everything is ready before the first thread starts. */
struct run_spec {
	const struct instance *instance;
	const struct topology *topology;
	const struct pin_plan *pins; /* has the number of threads */
	const struct memory *memory; /* where groups and devices are placed; NULL: not at all */
	enum loop_kind loop; /* LOOP_BIND: rounds of bind and unbind; else a window of steps */
	enum bus_path path;
	enum run_check check;
	size_t history;          /* CHECK_HISTORY: operations of a thread that are recorded */
	bool history_all;        /* and not only those that are refuted */
	const char *history_dir; /* .. and where a history that is refuted goes; NULL: nowhere */
	bool user_holds;         /* a user owns every group all along */
	unsigned int only_race;  /* LOOP_RACE: from 1; 0: all of the family's in turn */
	uint64_t hold;           /* delay turns */
	uint64_t gap;
	uint64_t latency_every;  /* one step in so many is timed; 0: none */
	uint64_t claim_every_ns; /* the last thread only claims, at this interval; 0: off */
	bool timed_apart;        /* a thread times operations that are no steps */
	double warmup;           /* seconds */
	double duration;
	const struct counter_list *counters; /* NULL: none */
	const struct run_watch *watch;       /* NULL: nobody */
	const void *own;                     /* of the family: its struct <family>_spec */
};

enum { FIGURES_MAX = 4 };

/* What one thread did between its own two stamps. */
struct run_thread {
	_Alignas(BUS_ALIGN) uint64_t start_ns;
	uint64_t end_ns;
	uint64_t cpu_ns;
	struct tally tally;
	struct counted counted;            /* the part of it that rates are made of */
	struct count counts[COUNTERS_MAX]; /* LOOP_BIND: over all rounds */
};

/* Lives in memory that the run's process shares with its parent; fixed but for the threads. */
struct run_result {
	char failure[256];      /* what a check found, or why the run could not be; empty: passed */
	enum impl_class found;  /* the best class that the failure leaves */
	char query[160];        /* CHECK_HISTORY: an answer of claimed() that nothing explains */
	bool seen_by_check;     /* by the one of the run's spec, and not by the audit */
	uint64_t recorded;      /* operations of the history */
	_Atomic(int) uncounted; /* errno of a thread that could not count; 0: all could */
	struct tally tally;     /* of all threads, in their windows */
	struct tally counted;   /* in the slices that rates are made of */
	double per_second;      /* pairs (see workload's unit) over all threads */
	double attempts_per_second; /* the same and the refused ones */
	double seconds;    /* that rates are made of: a thread's slices that count, on average */
	double start_skew; /* seconds between the first and the last thread's start stamp */
	double overlap;    /* of the threads' windows: common part over their union, 0 to 1 */
	double fairness;   /* Jain's index over the probers' rates */
	double slowest_of_fastest;          /* the slowest prober's rate to the fastest's */
	double cpu_per_second;              /* CPU seconds used per second, over all threads */
	double setup;                       /* seconds: groups, devices, and the threads' traces */
	size_t model_bytes;                 /* of groups and devices, as allocated; 0: unknown */
	char memory_nodes[MEMORY_TEXT_MAX]; /* that they are on, where they were placed */
	double bind_median;                 /* LOOP_BIND: seconds from release to the last bind */
	double bind_p90;
	uint64_t rounds;                    /* LOOP_BIND */
	struct race_count races[RACES_MAX]; /* LOOP_RACE, by the index in races[] */
	double figures[FIGURES_MAX];        /* of the family alone, by its enum <family>_figure */
	struct latency latency;             /* of all threads, where steps were timed */
	struct slices slices;               /* of the window; of length 0 if it was not cut */
	struct run_thread threads[];
};

#endif
