/* SPDX-License-Identifier: MIT */
/*
 * A family of implementations is a problem that they solve. How they are measured is the engine's;
 * what is there to work on, and what must hold at the end, is the family's.
 */
#ifndef HARNESS_MEASURE_FAMILY_H
#define HARNESS_MEASURE_FAMILY_H

#include <stddef.h>
#include <stdint.h>

#include "about.h"
#include "harness/error.h"

struct engine;
struct engine_thread;
struct batches;
struct model_layout;
struct history;
struct history_op;
struct record;

struct family {
	const char *name;
	const char *summary; /* one line: the problem */

	/* The class of an implementation in which no fault is found. */
	enum impl_class best;

	/* The one-shot races, by their index in the result; NULL behind the last. */
	const char *(*race_name)(size_t race);

	/* What the threads work on, before they start, laid out so if it is groups; one-shot
	 * races may make their own. The calling thread is registered. 0, or -1 with the error set.
	 */
	int (*create)(struct engine *engine, const struct model_layout *layout, struct error *err);
	void (*destroy)(struct engine *engine);

	/* Optional: a thread's worker gets its context. */
	void (*prepare)(struct engine_thread *thread);

	/* Optional: all is made, and no thread has started. */
	void (*begin)(struct engine *engine);

	/* Optional: the thread does no more; it is still registered. */
	void (*finish)(struct engine_thread *thread);

	/* Optional: the last thread has just ended, and nothing is checked yet. */
	void (*ended)(struct engine *engine);

	/* After that, and after whatever else is checked: sets result->failure to the worst that it
	 * finds. */
	void (*audit)(struct engine *engine);

	/* CHECK_HISTORY, when all threads have ended: what a record was of, as the history names
	 * it; and what the main thread did before them and sees behind them, from `end` on. 0, or
	 * -1: no memory. */
	void (*recorded)(
	    const struct engine *engine, const struct record *record, struct history_op *op);
	int (*record_own)(const struct engine *engine, struct history *history, uint64_t end);

	/* LOOP_RACE: see harness/measure/batches.h. */
	const struct batches *batches;
};

#endif
