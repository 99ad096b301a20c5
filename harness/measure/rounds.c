/* SPDX-License-Identifier: MIT */
/*
 * LOOP_BIND: measures rounds. In a round, all threads are released at once, and each binds its
 * devices. The round lasts from the release to the last bind. Then all devices are unbound, which
 * is not timed.
 */
#include <stdlib.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

enum { ROUNDS_MAX = 1 << 16 };

/* Returns the time from the release of the first thread to the last bind. Ignores threads without
 * devices. */
static double round_seconds(const struct engine *engine)
{
	uint64_t first = UINT64_MAX;
	uint64_t end = 0;

	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		const struct run_thread *t = &engine->result->threads[i];

		if (!engine->threads[i].steps)
			continue;
		first = t->start_ns < first ? t->start_ns : first;
		end = t->end_ns > end ? t->end_ns : end;
	}
	return (double)(end - first) * 1e-9;
}

/* Called by the last thread to arrive. All others wait, so their time stamps do not change. */
static void end_round(struct engine *engine)
{
	struct rounds *rounds = &engine->rounds;
	uint64_t now = clock_ns();

	if (now >= rounds->warm_ns)
		rounds->seconds[rounds->nr++] = round_seconds(engine);
	if (rounds->nr && !rounds->watched) {
		rounds->watched = true;
		engine_watch_begin(engine);
	}
	if ((now >= rounds->end_ns && rounds->nr) || rounds->nr == ROUNDS_MAX) {
		engine_watch_end(engine);
		atomic_store_explicit(&engine->phase, PHASE_STOP, memory_order_relaxed);
	}
}

void rounds_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	worker_loop *bind = engine_loop(engine, LOOP_BIND);
	worker_loop *unbind = engine_loop(engine, LOOP_UNBIND);
	struct run_thread *out = &engine->result->threads[thread->number];

	/* Count all rounds together: enabling the counters in each round would take longer than a
	 * round. */
	counters_enable(&thread->counters);
	/* Relaxed: engine_meet() orders the store of the phase before this load. */
	while (atomic_load_explicit(&engine->phase, memory_order_relaxed) != PHASE_STOP) {
		engine_meet(thread, NULL);
		out->start_ns = clock_ns();
		bind(&thread->worker, thread->steps);
		out->end_ns = clock_ns();
		engine_meet(thread, end_round);
		unbind(&thread->worker, thread->steps);
	}
	counters_disable(&thread->counters);
	out->tally = thread->worker.tally;
	out->cpu_ns = clock_thread_cpu_ns();
}

int rounds_start(struct engine *engine)
{
	const struct run_spec *spec = engine->spec;

	engine->rounds.warm_ns = clock_ns() + (uint64_t)(spec->warmup * 1e9);
	engine->rounds.end_ns = engine->rounds.warm_ns + (uint64_t)(spec->duration * 1e9);
	engine->rounds.seconds = calloc(ROUNDS_MAX, sizeof(double));
	return engine->rounds.seconds ? 0 : -1;
}

void rounds_finish(struct engine *engine)
{
	struct run_result *result = engine->result;
	struct rounds *rounds = &engine->rounds;

	gsl_sort(rounds->seconds, 1, rounds->nr);
	result->rounds = rounds->nr;
	result->bind_median = gsl_stats_median_from_sorted_data(rounds->seconds, 1, rounds->nr);
	result->bind_p90 = gsl_stats_quantile_from_sorted_data(rounds->seconds, 1, rounds->nr, 0.9);
	free(rounds->seconds);
}
