/* SPDX-License-Identifier: MIT */
#include "harness/measure/batches.h"

#include <inttypes.h>
#include <stdio.h>

#include "harness/measure/clock.h"

static const struct batches *batches_of(const struct engine *engine)
{
	return engine->spec->instance->family->batches;
}

/*
 * A batch that took longer than LONG_NS is halved, and one that took less than SHORT_NS is doubled.
 * If the two threads share a CPU, each of their meetings costs a time slice. Short batches then
 * keep one race from taking the whole run.
 */
enum { FIRST_TRIALS = 32, SHORT_NS = 10000000, LONG_NS = 100000000 };

static void set_up(struct engine *engine)
{
	struct races *races = &engine->races;

	batches_of(engine)->set_up(engine);
	for (unsigned int t = 0; t < RACE_THREADS; t++)
		races->racers[t].nr_trials = races->nr_trials;
	races->batch_ns = clock_ns();
}

static size_t next_trials(const struct races *races, uint64_t now)
{
	const uint64_t took = now - races->batch_ns;

	if (took < SHORT_NS && races->nr_trials < RACE_GROUPS)
		return races->nr_trials * 2;
	return took > LONG_NS && races->nr_trials > 1 ? races->nr_trials / 2 : races->nr_trials;
}

void batches_start(struct engine *engine)
{
	struct racer *racers = engine->races.racers;
	const unsigned int only = engine->spec->only_race;

	for (unsigned int t = 0; t < RACE_THREADS; t++)
		racers[t] = (struct racer){.other = &racers[!t],
		    .thread = t,
		    .next = 1,
		    .spins = engine->rendezvous.spins};
	engine->races.now = only ? only - 1 : 0;
	engine->races.start_ns = clock_ns();
	engine->races.end_ns = engine->races.start_ns + (uint64_t)(engine->spec->duration * 1e9);
	engine->races.nr_trials = FIRST_TRIALS;
	set_up(engine);
}

static size_t next_race(const struct engine *engine)
{
	const size_t now = engine->races.now;

	if (engine->spec->only_race)
		return now;
	return engine->spec->instance->family->race_name(now + 1) ? now + 1 : 0;
}

/* Called by the last thread to finish the batch. judge() and set_up() call the implementation, so
 * this thread is online meanwhile. */
static void end_batch(struct engine *engine)
{
	const struct impl_about *about = engine->spec->instance->about;
	const size_t trials = next_trials(&engine->races, clock_ns());

	if (about->thread_online)
		about->thread_online();
	batches_of(engine)->judge(engine);
	engine->races.nr_trials = trials;
	engine->races.now = next_race(engine);
	/* Do not stop before every race has had a batch, even on a slow machine. */
	if (clock_ns() >= engine->races.end_ns && engine->result->races[engine->races.now].trials)
		atomic_store_explicit(&engine->phase, PHASE_STOP, memory_order_relaxed);
	else
		set_up(engine);
	if (about->thread_offline)
		about->thread_offline();
}

void batches_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	struct run_thread *out = &engine->result->threads[thread->number];

	if (thread->latency)
		thread->latency->on = true;
	out->start_ns = clock_ns();
	/* Relaxed: engine_meet() orders the store of the phase before this load. */
	for (;;) {
		engine_meet(thread, NULL);
		if (atomic_load_explicit(&engine->phase, memory_order_relaxed) == PHASE_STOP)
			break;
		batches_of(engine)->act(engine, thread->number)(
		    &engine->races.racers[thread->number]);
		engine_meet(thread, end_batch);
	}
	out->end_ns = clock_ns();
	out->cpu_ns = clock_thread_cpu_ns();
}

/* -- findings -- */

static uint64_t finding_count(const struct race_count *count, const struct race_finding *finding)
{
	return *(const uint64_t *)((const char *)count + finding->count);
}

/* Stores the finding for the first race that shows it. Returns false if none does. */
static bool report_finding(struct engine *engine, const struct race_finding *finding)
{
	const struct instance *instance = engine->spec->instance;
	struct run_result *result = engine->result;
	const char *name;

	for (size_t i = 0; (name = instance->family->race_name(i)); i++) {
		const struct race_count *count = &result->races[i];
		const uint64_t nr = finding_count(count, finding);

		if (!nr)
			continue;
		result->found = finding->found;
		snprintf(result->failure, sizeof(result->failure),
		    "%s: %s in %" PRIu64 " of %" PRIu64 " races of '%s', the first after %.3g s",
		    instance->name, finding->what, nr, count->trials, name, count->first);
		return true;
	}
	return false;
}

/* Returns whether the implementation's class permits the finding: a cautious implementation may
 * refuse although nobody holds the group. */
static bool is_allowed(const struct impl_about *about, const struct race_finding *finding)
{
	return about->class == CLASS_CAUTIOUS && finding->found == CLASS_CAUTIOUS;
}

void batches_finish(struct engine *engine)
{
	const struct impl_about *about = engine->spec->instance->about;
	const struct race_finding *finding = batches_of(engine)->findings;

	if (about->class == CLASS_NONE)
		return; /* the ceiling excludes nobody, so nothing is a fault */
	while (finding->what && (is_allowed(about, finding) || !report_finding(engine, finding)))
		finding++;
}
