/* SPDX-License-Identifier: MIT */
/* A family: implementations that solve the same problem. The engine measures them. The family
 * creates the objects that they work on, and checks these at the end of a run. */
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
	const char *summary; /* one line that states the problem */

	/* The class of a faultless implementation. */
	enum impl_class best;

	/* Returns the name of one-shot race number `race`, or NULL if there are fewer races. */
	const char *(*race_name)(size_t race);

	/*
	 * Creates the objects that the threads will work on. Groups are placed according to
	 * `layout`. Families may leave the objects of one-shot races to batches->set_up(). Called
	 * by a registered thread before the others start. Returns 0, or -1 with the error set.
	 */
	int (*create)(struct engine *engine, const struct model_layout *layout, struct error *err);
	void (*destroy)(struct engine *engine);

	/* Optional: sets the context in a thread's worker. */
	void (*prepare)(struct engine_thread *thread);

	/* Optional: called after all objects were created, before the threads start. */
	void (*begin)(struct engine *engine);

	/* Optional: called by each thread after its last operation, before it is unregistered. */
	void (*finish)(struct engine_thread *thread);

	/* Optional: called right after the last thread has ended, before any check. */
	void (*ended)(struct engine *engine);

	/* The last check. Sets result->failure to the worst fault that it finds. */
	void (*audit)(struct engine *engine);

	/*
	 * CHECK_HISTORY, called when all threads have ended. recorded() stores the ids of a
	 * record's object in `op`. record_own() adds the main thread's operations: those before the
	 * threads started, and those after time `end`, when they had ended. It returns 0, or -1 if
	 * memory is short.
	 */
	void (*recorded)(
	    const struct engine *engine, const struct record *record, struct history_op *op);
	int (*record_own)(const struct engine *engine, struct history *history, uint64_t end);

	/* LOOP_RACE: the family's one-shot races. */
	const struct batches *batches;
};

#endif
