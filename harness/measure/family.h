/* SPDX-License-Identifier: MIT */
/* A family is a set of implementations that solve one problem. The engine measures them; the family
 * provides the objects they work on and the checks at the end of a run. */
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
	const char *summary; /* the problem, in one line */

	/* The class of an implementation without faults. */
	enum impl_class best;

	/* Returns the name of a one-shot race, by its index in the result, or NULL after
	 * the last. */
	const char *(*race_name)(size_t race);

	/*
	 * Creates the objects that the threads work on, before they start; groups are laid out by
	 * `layout`. One-shot races may create their own instead. The calling thread is registered.
	 * Returns 0, or -1 with the error set.
	 */
	int (*create)(struct engine *engine, const struct model_layout *layout, struct error *err);
	void (*destroy)(struct engine *engine);

	/* Optional: sets the context of a thread's worker. */
	void (*prepare)(struct engine_thread *thread);

	/* Optional: called when all objects have been created, before the first thread starts. */
	void (*begin)(struct engine *engine);

	/* Optional: called by a thread after its last operation, while it is still registered. */
	void (*finish)(struct engine_thread *thread);

	/* Optional: called when the last thread has just ended, before any check. */
	void (*ended)(struct engine *engine);

	/* Called after all other checks. Sets result->failure to the worst fault that it finds. */
	void (*audit)(struct engine *engine);

	/*
	 * CHECK_HISTORY, called when all threads have ended. recorded() fills in the ids of a
	 * record's object. record_own() adds the operations of the main thread: those before the
	 * threads started, and those after they ended, from time `end` on. Returns 0, or -1 if
	 * memory is short.
	 */
	void (*recorded)(
	    const struct engine *engine, const struct record *record, struct history_op *op);
	int (*record_own)(const struct engine *engine, struct history *history, uint64_t end);

	/* LOOP_RACE: see harness/measure/batches.h. */
	const struct batches *batches;
};

#endif
