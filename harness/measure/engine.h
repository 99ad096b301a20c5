/* SPDX-License-Identifier: MIT */
/* Inside of a run: what its threads share. For run.c, window.c and rounds.c. */
#ifndef HARNESS_MEASURE_ENGINE_H
#define HARNESS_MEASURE_ENGINE_H

#include <pthread.h>
#include <semaphore.h>

#include "harness/measure/run.h"

enum phase {
	PHASE_WARMUP,
	PHASE_MEASURE, /* each thread stamps itself when it sees this phase, */
	PHASE_DRAIN,   /* and again here; it goes on until all others have, too */
	PHASE_STOP,
};

struct engine_thread {
	struct worker worker;
	struct engine *engine;
	uintptr_t *trace;
	size_t steps;
	unsigned int number;
	pthread_t id;
};

struct engine {
	const struct run_spec *spec;
	struct run_result *result;
	struct model model;
	struct driver driver;
	struct engine_thread *threads;
	unsigned int nr_threads;
	sem_t seen; /* posted by each thread for each phase it has come to */
	struct rendezvous rendezvous;
	_Alignas(BUS_ALIGN) _Atomic(enum phase) phase; /* read once per batch */
};

worker_loop *engine_loop(const struct engine *engine, enum loop_kind kind);

/* Waits until each thread has come to the phase that was set last. */
void engine_wait_seen(struct engine *engine);

/* What the run's own process does while its threads work, and what the threads do. */
void window_control(struct engine *engine);
void window_thread(struct engine_thread *thread);
void rounds_control(struct engine *engine);
void rounds_thread(struct engine_thread *thread);

#endif
