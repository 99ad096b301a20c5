/* SPDX-License-Identifier: MIT */
/* Batches of one-shot races, for the families beside ownership: the threads run one batch of fresh
 * objects; the last to come back judges it, and makes the next. */
#ifndef HARNESS_CHECK_BATCHES_H
#define HARNESS_CHECK_BATCHES_H

#include "harness/measure/engine.h"

struct batches {
	/* Makes what the race engine->races.now is run on, and gives it to the racers. */
	void (*set_up)(struct engine *engine);
	/* Judges it and lets go of it; alone, the other thread is waiting. */
	void (*judge)(struct engine *engine);
	/* What this thread does in the race. */
	race_loop *(*act)(const struct engine *engine, unsigned int thread);
	size_t nr_races;
};

/* `batches` outlives the run. */
void batches_start(struct engine *engine, const struct batches *batches);
/* What a family's races_thread is. */
void batches_thread(struct engine_thread *thread);

#endif
