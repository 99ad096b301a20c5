/* SPDX-License-Identifier: MIT */
/*
 * Rounds: all threads are released at once, each binds its devices, and the round has lasted from
 * the release to the last bind. Then all are removed again, untimed.
 */
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

enum { ROUNDS_MAX = 1 << 16 };

/* The control takes part in every rendezvous: it reads the stamps of a round while the threads are
 * kept in the next one, and says whether there is another. */
struct rounds {
	double *seconds;
	size_t nr;
};

static bool wait_for_all(struct engine_thread *thread)
{
	const struct impl_ops *impl = thread->engine->spec->instance->impl;

	if (impl->thread_offline)
		impl->thread_offline();
	rendezvous_meet(&thread->engine->rendezvous);
	if (impl->thread_online)
		impl->thread_online();
	/* The rendezvous orders it. */
	return atomic_load_explicit(&thread->engine->phase, memory_order_relaxed) != PHASE_STOP;
}

void rounds_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	worker_loop *bind = engine_loop(engine, LOOP_BIND);
	worker_loop *unbind = engine_loop(engine, LOOP_UNBIND);
	struct run_thread *out = &engine->result->threads[thread->number];

	while (wait_for_all(thread)) {
		out->start_ns = clock_ns();
		bind(&thread->worker, thread->steps);
		out->end_ns = clock_ns();
		wait_for_all(thread);
		unbind(&thread->worker, thread->steps);
	}
	out->tally = thread->worker.tally;
	out->cpu_ns = clock_thread_cpu_ns();
}

/* From the first thread's release to the last bind. */
static double round_seconds(const struct engine *engine)
{
	uint64_t first = UINT64_MAX;
	uint64_t last = 0;

	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		const struct run_thread *t = &engine->result->threads[i];

		if (!engine->threads[i].steps)
			continue;
		first = t->start_ns < first ? t->start_ns : first;
		last = t->end_ns > last ? t->end_ns : last;
	}
	return (double)(last - first) * 1e-9;
}

/* Between a thread's stamps and its next ones stand two rendezvous: here the stamps are at rest. */
static void run_rounds(struct engine *engine, struct rounds *rounds)
{
	const struct run_spec *spec = engine->spec;
	uint64_t warm = clock_ns() + (uint64_t)(spec->warmup * 1e9);
	uint64_t end = warm + (uint64_t)(spec->duration * 1e9);
	uint64_t now;

	do {
		rendezvous_meet(&engine->rendezvous);
		rendezvous_meet(&engine->rendezvous);
		now = clock_ns();
		if (now >= warm || now >= end)
			rounds->seconds[rounds->nr++] = round_seconds(engine);
	} while (now < end && rounds->nr < ROUNDS_MAX);
	atomic_store_explicit(&engine->phase, PHASE_STOP, memory_order_relaxed);
	rendezvous_meet(&engine->rendezvous);
}

void rounds_control(struct engine *engine)
{
	struct rounds rounds = {.seconds = calloc(ROUNDS_MAX, sizeof(double))};
	struct run_result *result = engine->result;

	if (!rounds.seconds) {
		snprintf(result->failure, sizeof(result->failure), "not enough memory for rounds");
		exit(EXIT_FAILURE);
	}
	run_rounds(engine, &rounds);
	gsl_sort(rounds.seconds, 1, rounds.nr);
	result->rounds = rounds.nr;
	result->bind_median = gsl_stats_median_from_sorted_data(rounds.seconds, 1, rounds.nr);
	result->bind_p90 = gsl_stats_quantile_from_sorted_data(rounds.seconds, 1, rounds.nr, 0.9);
	free(rounds.seconds);
}
