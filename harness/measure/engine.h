/* SPDX-License-Identifier: MIT */
/* Inside of a run: what its threads share. For run_here.c, window.c and rounds.c. */
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
	PHASE_MEASURE, /* each thread stamps itself when it sees this phase, */
	PHASE_DRAIN,   /* and again here; it goes on until all others have, too */
	PHASE_STOP,
};

struct engine_thread {
	struct worker worker;
	struct recorder recorder; /* CHECK_HISTORY */
	struct counter_fds counters;
	struct latency *latency; /* NULL: nothing is timed */
	struct slice_log *log;
	uint64_t untimed; /* steps until the next one that is */
	struct engine *engine;
	uintptr_t *trace;
	size_t steps;
	unsigned int number;
	pthread_t id;
};

/* Kept by whichever thread comes last to the end of a round. */
struct rounds {
	uint64_t warm_ns; /* rounds before are not counted */
	uint64_t end_ns;
	double *seconds;
	size_t nr;
	bool watched; /* the watch was told of the beginning */
};

/* Touched between batches only, by the last thread to arrive. */
struct races {
	struct racer racers[RACE_THREADS];
	size_t now;       /* index of the race */
	size_t nr_trials; /* of a batch, at most RACE_GROUPS */
	uint64_t start_ns;
	uint64_t batch_ns; /* when the batch began */
	uint64_t end_ns;
};

struct engine {
	const struct run_spec *spec;
	struct run_result *result;
	struct model model;
	void *family_data; /* what another family has in place of the model */
	struct driver driver;
	struct engine_thread *threads;
	unsigned int nr_threads;
	pthread_barrier_t
	    started; /* none runs before all are there, or it would slow their start */
	sem_t seen;  /* posted by each thread for each phase it has come to */
	_Atomic(unsigned int) sightings; /* how often that was, over all threads */
	struct rendezvous rendezvous;
	struct slice_log *logs; /* by thread */
	uint64_t slice_ns;      /* length of a slice; 0: the window has none */
	uint64_t begin_ns;      /* of slice 0; set before the phase */
	struct rounds rounds;
	struct races races;
	_Alignas(BUS_ALIGN) _Atomic(enum phase) phase; /* read once per batch */
};

worker_loop *engine_loop(const struct engine *engine, enum loop_kind kind);
worker_loop *engine_timed_loop(const struct engine *engine);

/* Waits until each thread has come to the phase that was set last. */
void engine_wait_seen(struct engine *engine);

/* Meets the other threads. The last to arrive may do something for all of them before they go on;
 * it is offline then. */
void engine_meet(struct engine_thread *thread, void (*last)(struct engine *engine));

/* Tells the run's watch, if there is one; the run ends here if that fails. */
void engine_tell_attach(struct engine *engine);
void engine_tell_begin(struct engine *engine);
void engine_tell_end(struct engine *engine);

/* Ends the run, which has a process of its own; the parent finds the text. */
__attribute__((noreturn, format(printf, 2, 3))) void engine_die(
    struct engine *engine, const char *format, ...);

/* What the run's own process does while its threads work, and what the threads do. */
int window_start(struct engine *engine); /* before the threads start; -1: no memory */
void window_control(struct engine *engine);
void window_thread(struct engine_thread *thread);
void window_finish(struct engine *engine); /* when they have ended */

/* The same for LOOP_BIND: before the threads start (-1: no memory), they, and when they have ended.
 */
int rounds_start(struct engine *engine);
void rounds_thread(struct engine_thread *thread);
void rounds_finish(struct engine *engine);

/* The logs of CHECK_HISTORY (-1: no memory), and what is found in them. */
int histories_start(struct engine *engine);
void histories_finish(struct engine *engine);

#endif
