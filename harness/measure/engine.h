/* SPDX-License-Identifier: MIT */
/* Internals of a run: the state that its threads share. Private to harness/measure and the
 * families. */
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
	PHASE_DRAIN,   /* each thread stamps its end here, and continues until all have done so */
	PHASE_STOP,
};

struct engine_thread {
	struct worker worker;
	struct recorder recorder; /* used by CHECK_HISTORY */
	struct counter_fds counters;
	struct latency *latency; /* NULL: no operation is timed */
	struct slice_log *log;
	/* Time at which the first half of the trace began, see run_spec.alternate_ns. */
	uint64_t alternates_ns;
	uint64_t untimed; /* steps until the next one that is timed */
	struct engine *engine;
	uintptr_t *trace;
	size_t steps;
	unsigned int number;
	pthread_t id;
};

/* State of LOOP_BIND. Accessed only by the last thread to reach the end of a round. */
struct rounds {
	uint64_t warm_ns; /* rounds that end before this time are warm-up */
	uint64_t end_ns;
	double *seconds;
	size_t nr;
	bool watched; /* run_watch.begin() has been called */
};

/* State of LOOP_RACE. Accessed only between batches, by the last thread to arrive. */
struct races {
	struct racer racers[RACE_THREADS];
	size_t now;       /* index of the current race */
	size_t nr_trials; /* trials in a batch, at most RACE_GROUPS */
	uint64_t start_ns;
	uint64_t batch_ns; /* when the batch began */
	uint64_t end_ns;
};

struct engine {
	const struct run_spec *spec;
	struct run_result *result;
	struct model model;
	void *family_data; /* the objects of a family that has no model */
	struct driver driver;
	struct driver_memory drivers; /* drivers that races free; mapped for each batch */
	struct engine_thread *threads;
	unsigned int nr_threads;
	/* All threads are created before any of them runs, because running threads would slow the
	 * creation of the others. */
	pthread_barrier_t started;
	sem_t seen;                      /* posted by each thread for each phase it has entered */
	_Atomic(unsigned int) sightings; /* number of posts of `seen` */
	struct rendezvous rendezvous;
	struct slice_log *logs; /* the threads' logs */
	uint64_t slice_ns;      /* length of a slice; 0: the window has none */
	uint64_t begin_ns;      /* start of slice 0; published by the release store of the phase */
	struct rounds rounds;
	struct races races;
	_Alignas(BUS_ALIGN) _Atomic(enum phase) phase; /* each thread reads it once a batch */
};

worker_loop *engine_loop(const struct engine *engine, enum loop_kind kind);
worker_loop *engine_timed_loop(const struct engine *engine);

/* Waits until each thread has seen the phase that was set last. */
void engine_wait_seen(struct engine *engine);

/* Waits until all threads have arrived. The last to arrive calls `last`, if not NULL, before the
 * others go on. All threads are offline meanwhile, including the one that calls `last`. */
void engine_meet(struct engine_thread *thread, void (*last)(struct engine *engine));

/* Call the hooks of the run's watch, if there is one. If a hook fails, the run ends with its
 * error. */
void engine_watch_attach(struct engine *engine);
void engine_watch_begin(struct engine *engine);
void engine_watch_end(struct engine *engine);

/* Ends the run's process. The parent finds the formatted text in result->failure. */
__attribute__((noreturn, format(printf, 2, 3))) void engine_die(
    struct engine *engine, const char *format, ...);

/* A window. window_start() runs in the main thread before the others start (-1: no memory),
 * window_control() while they run, and window_finish() when they have ended. */
int window_start(struct engine *engine);
/* Returns the most seconds that the run's warm-up and window can take together. */
double window_longest_seconds(const struct run_spec *spec);
void window_control(struct engine *engine);
void window_thread(struct engine_thread *thread);
void window_finish(struct engine *engine);

/* LOOP_BIND. rounds_start() runs before the threads start (-1: no memory), rounds_thread() in each
 * of them, and rounds_finish() when they have ended. */
int rounds_start(struct engine *engine);
void rounds_thread(struct engine_thread *thread);
void rounds_finish(struct engine *engine);

/* CHECK_HISTORY. histories_start() allocates the threads' logs (-1: no memory); histories_finish()
 * checks the history and sets result->failure if it is refuted. */
int histories_start(struct engine *engine);
void histories_finish(struct engine *engine);

#endif
