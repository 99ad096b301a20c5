/* SPDX-License-Identifier: MIT */
/* The state that the threads of a run share. Private to harness/measure and the families. */
#ifndef HARNESS_MEASURE_ENGINE_H
#define HARNESS_MEASURE_ENGINE_H

#include <pthread.h>
#include <semaphore.h>

#include "harness/measure/family.h"
#include "harness/measure/racer.h"
#include "harness/measure/recorder.h"
#include "harness/measure/run.h"

enum phase {
	PHASE_WARMUP,
	PHASE_MEASURE, /* each thread stamps its start when it sees this phase */
	PHASE_DRAIN,   /* each thread stamps its end, and runs on until all have done so */
	PHASE_STOP,
};

struct engine_thread {
	struct worker worker;
	struct recorder recorder; /* only for CHECK_HISTORY */
	struct counter_fds counters;
	struct latency *latency; /* NULL: this thread times no operations */
	struct slice_log *log;
	/* When the first half of the trace began, see run_spec.alternate_ns. */
	uint64_t alternates_ns;
	uint64_t untimed; /* steps before the next timed step */
	struct engine *engine;
	uintptr_t *trace;
	size_t steps;
	unsigned int number;
	pthread_t id;
};

/* State of LOOP_BIND. Only the last thread to finish a round accesses it. */
struct rounds {
	uint64_t warm_ns; /* rounds that end earlier are warm-up */
	uint64_t end_ns;
	double *seconds;
	size_t nr;
	bool watched; /* run_watch.begin() has been called */
};

/* State of LOOP_RACE. Between batches, only the last thread to arrive accesses it. */
struct races {
	struct racer racers[RACE_THREADS];
	size_t now;       /* index of the current race */
	size_t nr_trials; /* trials in a batch, at most RACE_GROUPS */
	uint64_t start_ns;
	uint64_t batch_ns; /* when the current batch began */
	uint64_t end_ns;
};

struct engine {
	const struct run_spec *spec;
	struct run_result *result;
	struct model model;
	void *family_data; /* objects of a family that does not use the model */
	struct driver driver;
	struct driver_memory drivers; /* for races that free drivers; mapped for each batch */
	struct engine_thread *threads;
	unsigned int nr_threads;
	/* Threads wait here until all have been created. If the first ones ran already, they would
	 * slow down the creation of the others. */
	pthread_barrier_t started;
	sem_t seen;                      /* each thread posts it once for each phase that it sees */
	_Atomic(unsigned int) sightings; /* how often `seen` was posted */
	struct rendezvous rendezvous;
	struct slice_log *logs; /* one per thread */
	uint64_t slice_ns;      /* length of a slice; 0: the window is not cut into slices */
	uint64_t begin_ns;      /* start of slice 0; published by the release store of the phase */
	struct rounds rounds;
	struct races races;
	_Alignas(BUS_ALIGN) _Atomic(enum phase) phase; /* each thread reads it once per batch */
};

worker_loop *engine_loop(const struct engine *engine, enum loop_kind kind);
worker_loop *engine_timed_loop(const struct engine *engine);

/* Waits until all threads have seen the current phase. */
void engine_wait_seen(struct engine *engine);

/* A barrier for all threads. The last thread to arrive calls `last`, unless it is NULL, before it
 * releases the others. All threads are offline in the barrier, even the one that calls `last`. */
void engine_meet(struct engine_thread *thread, void (*last)(struct engine *engine));

/* Call a hook of the run's watch, if it has one. The run ends if the hook fails. */
void engine_watch_attach(struct engine *engine);
void engine_watch_begin(struct engine *engine);
void engine_watch_end(struct engine *engine);

/* Ends the run's process, with the formatted text in result->failure for the parent. */
__attribute__((noreturn, format(printf, 2, 3))) void engine_die(
    struct engine *engine, const char *format, ...);

/*
 * A measured window. The main thread calls window_start() before it starts the threads (-1: memory
 * is short), window_control() while they run, and window_finish() when they have ended. Each thread
 * calls window_thread().
 */
int window_start(struct engine *engine);
/* Returns the longest time that warm-up and window can take together, in seconds. */
double window_longest_seconds(const struct run_spec *spec);
void window_control(struct engine *engine);
void window_thread(struct engine_thread *thread);
void window_finish(struct engine *engine);

/* LOOP_BIND. The main thread calls rounds_start() before it starts the threads (-1: memory is
 * short), and rounds_finish() when they have ended. Each thread calls rounds_thread(). */
int rounds_start(struct engine *engine);
void rounds_thread(struct engine_thread *thread);
void rounds_finish(struct engine *engine);

/* CHECK_HISTORY. histories_start() allocates the threads' logs, or returns -1 if memory is short.
 * histories_finish() checks the history, and sets result->failure if the history is illegal. */
int histories_start(struct engine *engine);
void histories_finish(struct engine *engine);

#endif
