/* SPDX-License-Identifier: MIT */
/* One run: one implementation under one workload at one point of the sweep. */
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
 * Hooks called in the run's process: attach() before its threads start, begin() after its window
 * has begun, and end() before it ends, so that all threads are in their windows at both. With
 * LOOP_BIND, begin() and end() are called between rounds. A hook returns 0, or -1 with the error
 * set, which ends the run.
 */
struct run_watch {
	int (*attach)(void *arg, struct error *err);
	int (*begin)(void *arg, struct error *err);
	int (*end)(void *arg, struct error *err);
	void *arg;
};

/* What to run. The model and the traces are built before the first thread starts. */
struct run_spec {
	const struct instance *instance;
	const struct topology *topology;
	const struct pin_plan *pins; /* also gives the number of threads */
	const struct memory *memory; /* placement of groups and devices; NULL: none */
	enum loop_kind loop;         /* LOOP_BIND: rounds; LOOP_RACE: races; else a window */
	enum bus_path path;
	enum run_check check;
	size_t history;          /* CHECK_HISTORY: the most operations that a thread records */
	bool history_all;        /* save every history, not only refuted ones */
	const char *history_dir; /* directory for saved histories; NULL: none is saved */
	bool user_holds;         /* a user owns every group throughout the run */
	unsigned int only_race;  /* LOOP_RACE: number of the race, from 1; 0: all in turn */
	uint64_t hold;           /* between probe and remove, in turns of delay_turns() */
	uint64_t gap;            /* between remove and the next probe, in turns of delay_turns() */
	uint64_t latency_every;  /* one step in this many is timed; 0: none */
	uint64_t claim_every_ns; /* the last thread only claims, at this interval; 0: off */
	uint64_t alternate_ns;   /* threads alternate between the halves of their traces; 0: off */
	bool timed_apart;        /* some thread times operations that are not steps of its trace */
	double warmup;           /* seconds */
	double duration;         /* seconds */
	const struct counter_list *counters; /* NULL: none */
	const struct run_watch *watch;       /* NULL: no hooks */
	const void *own;                     /* the family's own settings, struct <family>_spec */
};

enum { FIGURES_MAX = 4 };

/* What one thread did in its own window, between its two time stamps. */
struct run_thread {
	_Alignas(BUS_ALIGN) uint64_t start_ns;
	uint64_t end_ns;
	uint64_t cpu_ns;
	struct tally tally;
	struct counted counted;            /* the part of the tally that rates are computed from */
	struct count counts[COUNTERS_MAX]; /* LOOP_BIND: over all rounds */
};

/* Result of a run, in memory shared by the run's process and its parent. */
struct run_result {
	char failure[256];     /* the fault found, or why the run failed; empty: passed */
	enum impl_class found; /* the best class that an implementation with this fault can have */
	char hung[HANG_TRACES_MAX]; /* where each thread hung, see hang_traces(); empty: none did */
	char query[160];        /* CHECK_HISTORY: a result of claimed() that no order explains */
	bool seen_by_check;     /* the fault was found by spec->check, not by the audit */
	uint64_t recorded;      /* operations in the history */
	_Atomic(int) uncounted; /* errno if a thread's counters failed; 0: all were read */
	struct tally tally;     /* sum of all threads over their windows */
	struct tally counted;   /* sum of all threads over the slices that count */
	double per_second;      /* pairs, or the workload's other unit, of all threads */
	double attempts_per_second; /* per_second plus the refused attempts per second */
	double seconds;             /* length of the slices that count, averaged over threads */
	double start_skew;          /* seconds from the first to the last thread's start stamp */
	double overlap;  /* intersection of the threads' windows over their union, 0 to 1 */
	double fairness; /* Jain's index over the probers' rates */
	double slowest_of_fastest;          /* the slowest prober's rate divided by the fastest's */
	double cpu_per_second;              /* CPU seconds per second, of all threads */
	double setup;                       /* seconds to set up groups, devices and traces */
	size_t model_bytes;                 /* bytes allocated for groups and devices; 0: unknown */
	char memory_nodes[MEMORY_TEXT_MAX]; /* nodes that hold the model, if it was placed */
	double bind_median; /* LOOP_BIND: median seconds from the release to the last bind */
	double bind_p90;
	uint64_t rounds;                    /* LOOP_BIND */
	struct race_count races[RACES_MAX]; /* LOOP_RACE, indexed like races[] */
	double figures[FIGURES_MAX]; /* the family's own results, indexed by enum <family>_figure */
	struct latency latency;      /* merged from all threads, if operations were timed */
	struct slices slices;        /* the window's slices; length 0: it was not cut */
	struct run_thread threads[];
};

#endif
