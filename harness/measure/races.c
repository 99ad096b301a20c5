/* SPDX-License-Identifier: MIT */
/*
 * LOOP_RACE: batches of one-shot races. The threads run one batch of RACE_GROUPS fresh groups; the
 * last to come back judges it, and makes new groups for the next race in turn.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

static const struct impl_ops *impl_of(const struct engine *engine)
{
	return engine->spec->instance->impl;
}

static const struct race *race_now(const struct engine *engine)
{
	return &races[engine->races.now];
}

/* -- what is there before a race -- */

static bool set_up_group(struct engine *engine, size_t g)
{
	const struct race *race = race_now(engine);
	const struct impl_ops *impl = impl_of(engine);
	struct device **devices = &engine->model.devices[RACE_THREADS * g];
	int ret = 0;

	for (int t = 0; t < RACE_THREADS; t++) {
		if (race->bound[t])
			ret |= bus_probe(
			    impl, devices[t], &engine->driver, BUS_FAIL_NONE, BUS_PATH_OPS);
	}
	for (unsigned int i = 0; i < race->claims; i++)
		ret |= impl->device_claim(devices[0], &engine->driver);
	return !ret;
}

static void set_up(struct engine *engine)
{
	struct error err;
	bool fine = !model_create(&engine->model, impl_of(engine), engine->spec->topology, &err);

	for (size_t g = 0; fine && g < RACE_GROUPS; g++) {
		fine = set_up_group(engine, g);
		if (!fine)
			error_set(&err, "a fresh group refuses what comes before a race");
	}
	if (!fine)
		engine_die(engine, "%s: %s", race_now(engine)->name, err.text);
}

/* -- what is there after one -- */

static int let_go(struct engine *engine, const struct race *race, size_t g, int t, int result)
{
	const struct impl_ops *impl = impl_of(engine);
	struct device *dev = engine->model.devices[RACE_THREADS * g + (size_t)t];
	const bool done = !result;

	switch (race->act[t]) {
	case RACE_PROBE:
		return done ? bus_remove(impl, dev, BUS_PATH_OPS) : 0;
	case RACE_CLAIM:
		return done ? impl->group_release(dev->group) : 0;
	case RACE_DEVICE_CLAIM:
		return done ? impl->device_release(dev) : 0;
	default:
		return 0;
	}
}

/* A device that the race left unbound. */
static bool can_probe(struct engine *engine, size_t g)
{
	const struct impl_ops *impl = impl_of(engine);
	struct device *dev = engine->model.devices[RACE_THREADS * g];

	if (atomic_load_explicit(&dev->driver, memory_order_relaxed))
		return true;
	return !bus_probe(impl, dev, &engine->driver, BUS_FAIL_NONE, BUS_PATH_OPS) &&
	       !bus_remove(impl, dev, BUS_PATH_OPS);
}

/* Whether the group is owned, or cannot be, when both threads have let go. */
static bool leaks(struct engine *engine, const struct race *race, size_t g, const int results[])
{
	const struct impl_ops *impl = impl_of(engine);
	struct group *group = engine->model.groups[g];
	int ret = 0;

	for (int t = 0; t < RACE_THREADS; t++)
		ret |= let_go(engine, race, g, t, results[t]);
	return ret || impl->claimed(group) || !can_probe(engine, g) ||
	       impl->group_claim(group, engine) || impl->group_release(group);
}

static void judge_trial(struct engine *engine, size_t g, uint64_t now)
{
	const struct race *race = race_now(engine);
	struct race_count *count = &engine->result->races[engine->races.now];
	const int results[] = {
	    engine->races.racers[0].results[g], engine->races.racers[1].results[g]};
	enum race_fault fault = race_judge(race, results);
	bool leak = fault != RACE_CONFLICT && leaks(engine, race, g, results);

	count->trials++;
	count->conflicts += fault == RACE_CONFLICT;
	count->lost += fault == RACE_LOST;
	count->spurious += fault == RACE_SPURIOUS;
	count->leaks += fault == RACE_FINE && leak;
	if ((fault != RACE_FINE || leak) && count->first == 0)
		count->first = (double)(now - engine->races.start_ns) * 1e-9;
}

/* Alone, the other thread is waiting. */
static void end_batch(struct engine *engine)
{
	const struct impl_ops *impl = impl_of(engine);
	uint64_t now = clock_ns();

	if (impl->thread_online)
		impl->thread_online();
	for (size_t g = 0; g < RACE_GROUPS; g++)
		judge_trial(engine, g, now);
	model_destroy(&engine->model);
	engine->races.now = (engine->races.now + 1) % nr_races;
	set_up(engine);
	if (now >= engine->races.end_ns)
		atomic_store_explicit(&engine->phase, PHASE_STOP, memory_order_relaxed);
	if (impl->thread_offline)
		impl->thread_offline();
}

void races_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	struct racer *racer = &engine->races.racers[thread->number];
	struct run_thread *out = &engine->result->threads[thread->number];

	out->start_ns = clock_ns();
	/* The meeting orders the look at the phase. */
	for (;;) {
		engine_meet(thread, NULL);
		if (atomic_load_explicit(&engine->phase, memory_order_relaxed) == PHASE_STOP)
			break;
		engine->spec->instance->races[race_now(engine)->act[thread->number]](racer);
		engine_meet(thread, end_batch);
	}
	out->end_ns = clock_ns();
	out->cpu_ns = clock_thread_cpu_ns();
}

void races_start(struct engine *engine)
{
	struct racer *racers = engine->races.racers;

	for (unsigned int t = 0; t < RACE_THREADS; t++) {
		racers[t] = (struct racer){
		    .other = &racers[!t],
		    .thread = t,
		    .next = 1,
		    .model = &engine->model,
		    .driver = &engine->driver,
		};
	}
	engine->races.start_ns = clock_ns();
	engine->races.end_ns = engine->races.start_ns + (uint64_t)(engine->spec->duration * 1e9);
	model_destroy(&engine->model);
	set_up(engine);
}

/* -- what is told -- */

static bool tell(
    struct engine *engine, size_t race, uint64_t nr, enum impl_class found, const char *what)
{
	struct run_result *result = engine->result;

	if (!nr)
		return false;
	result->found = found;
	snprintf(result->failure, sizeof(result->failure),
	    "%s: %s in %" PRIu64 " of %" PRIu64 " races %s, the first after %.3g s",
	    engine->spec->instance->name, what, nr, result->races[race].trials, races[race].name,
	    result->races[race].first);
	return true;
}

void races_finish(struct engine *engine)
{
	const struct race_count *counts = engine->result->races;
	const bool cautious = impl_of(engine)->class == CLASS_CAUTIOUS;
	bool told = impl_of(engine)->class == CLASS_NONE;

	/* The last batch was made and never run: nothing of it may look like a leak. */
	model_destroy(&engine->model);
	engine->races.now = 0;
	set_up(engine);
	for (size_t i = 0; i < nr_races && !told; i++)
		told = tell(engine, i, counts[i].conflicts, CLASS_UNSAFE, "conflicting owners");
	for (size_t i = 0; i < nr_races && !told; i++)
		told =
		    tell(engine, i, counts[i].lost, CLASS_UNSAFE, "answers that no order explains");
	for (size_t i = 0; i < nr_races && !told; i++)
		told = tell(
		    engine, i, counts[i].leaks, CLASS_LEAKY, "still owned after all have let go");
	for (size_t i = 0; i < nr_races && !told && !cautious; i++)
		told = tell(
		    engine, i, counts[i].spurious, CLASS_CAUTIOUS, "refusals without a holder");
}
