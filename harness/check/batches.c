/* SPDX-License-Identifier: MIT */
#include "harness/check/batches.h"

#include "harness/measure/clock.h"

void batches_start(struct engine *engine, const struct batches *batches)
{
	struct racer *racers = engine->races.racers;
	const unsigned int only = engine->spec->only_race;

	for (unsigned int t = 0; t < RACE_THREADS; t++)
		racers[t] = (struct racer){.other = &racers[!t], .thread = t, .next = 1};
	engine->races.now = only ? only - 1 : 0;
	engine->races.start_ns = clock_ns();
	engine->races.end_ns = engine->races.start_ns + (uint64_t)(engine->spec->duration * 1e9);
	engine->races.batches = batches;
	batches->set_up(engine);
}

static void end_batch(struct engine *engine)
{
	const struct batches *batches = engine->races.batches;

	batches->judge(engine);
	if (!engine->spec->only_race)
		engine->races.now = (engine->races.now + 1) % batches->nr_races;
	/* Each race has its turn, however slow the machine. */
	if (clock_ns() >= engine->races.end_ns && (engine->spec->only_race || !engine->races.now))
		atomic_store_explicit(&engine->phase, PHASE_STOP, memory_order_relaxed);
	else
		batches->set_up(engine);
}

void batches_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	struct run_thread *out = &engine->result->threads[thread->number];

	if (thread->latency)
		thread->latency->on = true;
	out->start_ns = clock_ns();
	/* The meeting orders the look at the phase. */
	for (;;) {
		engine_meet(thread, NULL);
		if (atomic_load_explicit(&engine->phase, memory_order_relaxed) == PHASE_STOP)
			break;
		engine->races.batches->act(engine, thread->number)(
		    &engine->races.racers[thread->number]);
		engine_meet(thread, end_batch);
	}
	out->end_ns = clock_ns();
	out->cpu_ns = clock_thread_cpu_ns();
}
