/* SPDX-License-Identifier: MIT */
/*
 * LOOP_RACE: one-shot races, run in batches. In a batch, both threads run one race over at most
 * RACE_GROUPS fresh objects. The thread that finishes last judges the batch and sets up the next.
 */
#ifndef HARNESS_MEASURE_BATCHES_H
#define HARNESS_MEASURE_BATCHES_H

#include "harness/measure/engine.h"

/* A kind of fault that a race can reveal. */
struct race_finding {
	size_t count;          /* offset of the fault's counter in struct race_count */
	enum impl_class found; /* the best class of an implementation with this fault */
	const char *what;      /* describes the fault; NULL ends the array */
};

/* A family's one-shot races. family->race_name() returns their names. */
struct batches {
	/* Creates the objects of race number engine->races.now, and gives them to the racers. */
	void (*set_up)(struct engine *engine);
	/* Counts the batch's outcomes and frees its objects, while the other thread waits. */
	void (*judge)(struct engine *engine);
	/* Returns the loop of thread number `thread` in the current race. */
	race_loop *(*act)(const struct engine *engine, unsigned int thread);
	const struct race_finding *findings; /* from the worst to the mildest */
};

/* batches_start() is called before the threads start. Each thread calls batches_thread(). When they
 * have ended, batches_finish() copies the worst finding into the result. */
void batches_start(struct engine *engine);
void batches_thread(struct engine_thread *thread);
void batches_finish(struct engine *engine);

#endif
