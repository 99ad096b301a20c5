/* SPDX-License-Identifier: MIT */
/* LOOP_RACE: batches of one-shot races. The threads run one batch over fresh objects, RACE_GROUPS
 * at most; the last to come back judges it, and makes new ones for the next race in turn. */
#ifndef HARNESS_MEASURE_BATCHES_H
#define HARNESS_MEASURE_BATCHES_H

#include "harness/measure/engine.h"

/* A fault that the races of a family are judged for. */
struct race_finding {
	size_t count;          /* where struct race_count has it */
	enum impl_class found; /* the best class that it leaves */
	const char *what;      /* NULL behind the last */
};

/* What a family's races are about; their names are its race_name(). */
struct batches {
	/* Makes what the race engine->races.now is run on, and gives it to the racers. */
	void (*set_up)(struct engine *engine);
	/* Counts what came of it, and lets go of it; alone, the other thread is waiting. */
	void (*judge)(struct engine *engine);
	/* What this thread does in the race. */
	race_loop *(*act)(const struct engine *engine, unsigned int thread);
	const struct race_finding *findings; /* the worst first */
};

/* Before the threads start, they, and when they have ended: the worst that was found is then the
 * result's. */
void batches_start(struct engine *engine);
void batches_thread(struct engine_thread *thread);
void batches_finish(struct engine *engine);

#endif
