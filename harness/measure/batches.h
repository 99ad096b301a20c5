/* SPDX-License-Identifier: MIT */
/* LOOP_RACE: batches of one-shot races. Both threads run one batch over fresh objects, at most
 * RACE_GROUPS. The thread that finishes last judges the batch and sets up the next race. */
#ifndef HARNESS_MEASURE_BATCHES_H
#define HARNESS_MEASURE_BATCHES_H

#include "harness/measure/engine.h"

/* A fault that a family's races can show. */
struct race_finding {
	size_t count;          /* offset of its counter in struct race_count */
	enum impl_class found; /* the best class that an implementation with this fault can have */
	const char *what;      /* the fault in words; NULL ends the array */
};

/* A family's one-shot races. Their names are in struct family's race_name(). */
struct batches {
	/* Creates the objects of the race engine->races.now, and hands them to the racers. */
	void (*set_up)(struct engine *engine);
	/* Counts the outcomes, and frees the objects. The other thread is waiting. */
	void (*judge)(struct engine *engine);
	/* Returns the loop of thread `thread` in the current race. */
	race_loop *(*act)(const struct engine *engine, unsigned int thread);
	const struct race_finding *findings; /* findings, the worst first */
};

/* batches_start() runs before the threads start, batches_thread() in each of them, and
 * batches_finish() when they have ended: it copies the worst finding into the result. */
void batches_start(struct engine *engine);
void batches_thread(struct engine_thread *thread);
void batches_finish(struct engine *engine);

#endif
