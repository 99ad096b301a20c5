/* SPDX-License-Identifier: MIT */
/* CHECK_HISTORY: allocates the threads' logs, merges them into a history after the run, and checks
 * the history. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/check/linearize.h"
#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

int histories_start(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		struct recorder *recorder = &engine->threads[i].recorder;

		recorder->room = engine->spec->history;
		recorder->records = calloc(recorder->room, sizeof(*recorder->records));
		if (!recorder->records)
			return -1;
	}
	return 0;
}

/* -- the history -- */

static int add_record(struct history *h, const struct engine *engine, unsigned int thread,
    const struct record *record)
{
	struct history_op op = {
	    .call = record->call,
	    .ret = record->ret,
	    .thread = (uint16_t)thread,
	    .result = (int16_t)record->result,
	    .kind = record->kind,
	};

	engine->spec->instance->family->recorded(engine, record, &op);
	return history_add(h, &op);
}

/* Merges the threads' logs into a history. If `queries` is false, omits the threads' calls of
 * claimed(). */
static int make_history(struct history *h, const struct engine *engine, bool queries)
{
	uint64_t end = clock_ns() + 1;

	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		const struct recorder *recorder = &engine->threads[i].recorder;

		for (size_t r = 0; r < recorder->nr; r++) {
			const struct record *record = &recorder->records[r];

			if ((queries || record->kind != SPEC_CLAIMED) &&
			    add_record(h, engine, i, record))
				return -1;
		}
	}
	return engine->spec->instance->family->record_own(engine, h, end);
}

/* -- its class -- */

static bool legal(const struct history *h, enum history_spec spec, struct history_verdict *v)
{
	history_verdict_free(v);
	if (history_check(h, spec, v)) {
		v->judgement = HISTORY_UNDECIDED;
		snprintf(v->reason, sizeof(v->reason), "not enough memory for the check");
	}
	return v->judgement != HISTORY_ILLEGAL;
}

/* Returns CLASS_EXACT if the history is legal for the declared class. Otherwise returns the best
 * class for which it is legal, and sets *v to the verdict that rules out the next better class. */
static enum impl_class classify(
    const struct history *h, enum impl_class declared, struct history_verdict *v)
{
	struct history_verdict worse = {0};
	struct history without = {.ops = h->ops};
	enum impl_class class = CLASS_LEAKY;

	/* If the history is legal for the declared class, no better class has to be tried. */
	if (legal(h, declared == CLASS_CAUTIOUS ? HISTORY_CAUTIOUS : HISTORY_EXACT, v))
		return CLASS_EXACT;
	if (!spec_of(h->ops[0].kind)->grades_refusals)
		return CLASS_UNSAFE;
	if (declared != CLASS_CAUTIOUS) {
		if (legal(h, HISTORY_CAUTIOUS, &worse)) {
			history_verdict_free(&worse);
			return CLASS_CAUTIOUS;
		}
		history_verdict_free(v);
		*v = worse;
		worse = (struct history_verdict){0};
	}
	/* The history ends with the main thread's calls of claimed(). If it is legal without them,
	 * the only fault is a leak. */
	for (without.nr = h->nr; without.nr && h->ops[without.nr - 1].kind == SPEC_CLAIMED;)
		without.nr--;
	if (!legal(&without, HISTORY_CAUTIOUS, &worse)) {
		class = CLASS_UNSAFE;
		history_verdict_free(v);
		*v = worse;
		return class;
	}
	history_verdict_free(&worse);
	return class;
}

/* Saves the history to spec->history_dir. Returns false if this fails or was not requested. */
static bool save(const struct engine *engine, const struct history *h)
{
	char path[4096];
	FILE *out;
	bool written;

	if (!engine->spec->history_dir)
		return false;
	snprintf(
	    path, sizeof(path), "%s/history-%ld.jsonl", engine->spec->history_dir, (long)getpid());
	out = fopen(path, "we");
	if (!out)
		return false;
	written = !history_write(out, h);
	return !fclose(out) && written;
}

static void report_refutation(
    struct engine *engine, const struct history *h, const struct history_verdict *v)
{
	struct run_result *result = engine->result;
	size_t size = sizeof(result->failure);
	int len = snprintf(result->failure, size, "%s: history of %s %" PRIu32 ": %s",
	    engine->spec->instance->name, v->object, v->group, v->reason);

	if (save(engine, h) && len > 0 && (size_t)len < size)
		snprintf(result->failure + len, size - (size_t)len,
		    "; to see it, run 'ownbench check history-%ld.jsonl'", (long)getpid());
	result->seen_by_check = true;
}

/* Sets the result's class and failure. `h` has no queries of the threads, `all` has them. */
static void judge(struct engine *engine, const struct history *h, const struct history *all)
{
	struct run_result *result = engine->result;
	enum impl_class declared = engine->spec->instance->about->class;
	struct history_verdict v = {0};

	result->recorded = h->nr;
	result->found = classify(h, declared, &v);
	if (declared == CLASS_NONE)
		result->found = CLASS_EXACT;
	else if (result->found != CLASS_EXACT || v.judgement == HISTORY_UNDECIDED)
		report_refutation(engine, h, &v);
	else if (engine->spec->history_all)
		save(engine, all);
	history_verdict_free(&v);
}

/* Sets result->query to a result of claimed() that no order of the operations explains. The class
 * stays as it is, because claimed() is racy by contract. */
static void judge_queries(struct engine *engine, const struct history *h)
{
	struct run_result *result = engine->result;
	struct history_verdict v = {0};

	result->recorded = h->nr;
	if (engine->spec->instance->about->class == CLASS_NONE || result->failure[0])
		return;
	if (!legal(h, HISTORY_EXACT, &v) && !legal(h, HISTORY_CAUTIOUS, &v)) {
		snprintf(result->query, sizeof(result->query), "%s", v.reason);
		save(engine, h);
	}
	history_verdict_free(&v);
}

void histories_finish(struct engine *engine)
{
	struct history h = {0}, asked = {0};

	if (make_history(&h, engine, false) || make_history(&asked, engine, true))
		engine_die(engine, "not enough memory for the history");
	judge(engine, &h, &asked);
	if (asked.nr > h.nr)
		judge_queries(engine, &asked);
	history_free(&h);
	history_free(&asked);
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		free(engine->threads[i].recorder.records);
}
