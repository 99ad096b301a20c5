/* SPDX-License-Identifier: MIT */
/* A run measures one implementation under one workload, with one set of parameters. */
#ifndef HARNESS_MEASURE_RUN_H
#define HARNESS_MEASURE_RUN_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/check/hang_traces.h"
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
 * Hooks that are called in the run's process: attach() before its threads start, begin() just after
 * the window has opened, and end() just before it closes. At begin() and end(), all threads are
 * therefore in their windows. With LOOP_BIND, begin() and end() are called between rounds. A hook
 * returns 0, or -1 with the error set, which ends the run.
 */
struct run_watch {
	int (*attach)(void *arg, struct error *err);
	int (*begin)(void *arg, struct error *err);
	int (*end)(void *arg, struct error *err);
	void *arg;
};

/* The parameters of a run. */
struct run_spec {
	const struct instance *instance;
	const struct topology *topology;
	const struct pin_plan *pins; /* gives the number of threads, too */
	const struct memory *memory; /* NUMA placement of groups and devices; NULL: not placed */
	enum loop_kind loop; /* LOOP_BIND: measure rounds; LOOP_RACE: races; otherwise a window */
	enum bus_path path;
	enum run_check check;
	size_t history;   /* CHECK_HISTORY: maximum number of operations that a thread records */
	bool history_all; /* save every history, not only illegal ones */
	const char *history_dir; /* where histories are saved; NULL: nowhere */
	bool user_holds;         /* a user owns all groups throughout the run */
	unsigned int only_race;  /* LOOP_RACE: number of the only race, from 1; 0: all in turn */
	uint64_t hold;           /* delay between probe and remove, in turns of delay_turns() */
	uint64_t gap; /* delay between remove and the next probe, in turns of delay_turns() */
	uint64_t latency_every;  /* time one step in this many; 0: none */
	uint64_t claim_every_ns; /* the last thread only claims, at this interval; 0: off */
	uint64_t alternate_ns;   /* interval for switching to the trace's other half; 0: off */
	bool timed_apart;        /* a thread times operations that are not steps of its trace */
	double warmup;           /* seconds */
	double duration;         /* seconds */
	const struct counter_list *counters; /* NULL: count no events */
	const struct run_watch *watch;       /* NULL: no hooks */
	const void *own;                     /* struct <family>_spec: the family's own parameters */
};

enum { FIGURES_MAX = 4 };

/* What one thread did in its own window, which its two time stamps delimit. */
struct run_thread {
	_Alignas(BUS_ALIGN) uint64_t start_ns;
	uint64_t end_ns;
	uint64_t cpu_ns;
	struct tally tally;
	struct counted counted;            /* time and tally that rates are computed from */
	struct count counts[COUNTERS_MAX]; /* LOOP_BIND: sum over all rounds */
};

/* The result of a run, in memory that the run's process shares with its parent. */
struct run_result {
	char failure[256];     /* fault that was found, or why the run failed; empty: it passed */
	enum impl_class found; /* the best class of an implementation with this fault */
	char hung[HANG_TRACES_MAX]; /* where each thread hung, see hang_traces(); empty: none did */
	char query[160];        /* CHECK_HISTORY: a result of claimed() that no order explains */
	bool seen_by_check;     /* spec->check found the fault, not the audit */
	uint64_t recorded;      /* operations in the history */
	_Atomic(int) uncounted; /* errno of a failure to read counters; 0: all were read */
	struct tally tally;     /* sum over all threads, each in its window */
	struct tally counted;   /* sum over all threads, only in the slices that count */
	double per_second;      /* total rate of all threads, in pairs or another unit per second */
	double attempts_per_second; /* as per_second, with refused attempts included */
	double seconds;             /* length of the slices that count, averaged over the threads */
	double start_skew; /* seconds from the first to the last start of a thread's window */
	double overlap;    /* intersection of the threads' windows over their union, 0 to 1 */
	double fairness;   /* Jain's index of the probers' rates */
	double slowest_of_fastest; /* the slowest prober's rate divided by the fastest's */
	double cpu_per_second;     /* CPU seconds that all threads use per second */
	double setup;              /* seconds spent on setting up groups, devices and traces */
	size_t model_bytes;        /* bytes allocated for groups and devices; 0: unknown */
	char memory_nodes[MEMORY_TEXT_MAX]; /* nodes that hold groups and devices, if placed */
	double bind_median;                 /* LOOP_BIND: median time of a round, in seconds */
	double bind_p90;
	uint64_t rounds;                    /* LOOP_BIND */
	struct race_count races[RACES_MAX]; /* LOOP_RACE: indexed by race */
	double figures[FIGURES_MAX]; /* family's own results, indexed by enum <family>_figure */
	struct latency latency;      /* merged from all threads, if operations were timed */
	struct slices slices;        /* length 0: the window was not cut into slices */
	struct run_thread threads[];
};

#endif
