/* SPDX-License-Identifier: MIT */
/* The one-shot races of group ownership: sets up the groups of a batch, and judges its trials. */
#include "harness/measure/batches.h"
#include "harness/measure/clock.h"
#include "harness/ownership/ownership.h"
#include "harness/ownership/race.h"

static const struct impl_ops *impl_of(const struct engine *engine)
{
	return ownership_ops(engine->spec->instance);
}

static const struct race *race_now(const struct engine *engine)
{
	return &races[engine->races.now];
}

/* -- setup -- */

static bool frees_driver(const struct race *race)
{
	return race->act[0] == RACE_UNREGISTER || race->act[1] == RACE_UNREGISTER;
}

/* Returns the driver that thread t's device is bound to before the race, or NULL if out of
 * memory. */
static struct driver *first_driver(struct engine *engine, const struct race *race, int t)
{
	return race->act[t] == RACE_UNREGISTER ? driver_alloc(&engine->drivers) : &engine->driver;
}

static bool set_up_group(struct engine *engine, size_t g)
{
	const struct race *race = race_now(engine);
	const struct impl_ops *impl = impl_of(engine);
	struct device **devices = &engine->model.devices[RACE_THREADS * g];
	int ret = 0;

	for (int t = 0; t < RACE_THREADS; t++) {
		struct driver *drv = race->bound[t] ? first_driver(engine, race, t) : NULL;

		if (drv)
			ret |= bus_probe(impl, devices[t], drv, BUS_FAIL_NONE, BUS_PATH_OPS);
		ret |= race->bound[t] && !drv;
	}
	for (unsigned int i = 0; i < race->claims; i++)
		ret |= impl->device_claim(devices[0], &engine->driver);
	return !ret;
}

/* Replaces the groups from the family's create(), because every batch needs fresh groups. */
static void set_up(struct engine *engine)
{
	struct error err;
	bool fine;

	model_destroy(&engine->model);
	fine = !model_create(&engine->model, impl_of(engine), engine->spec->topology, &err);
	if (fine && frees_driver(race_now(engine)) &&
	    driver_memory_map(&engine->drivers, RACE_GROUPS))
		fine = !error_errno(&err, "cannot map the drivers");
	for (unsigned int t = 0; t < RACE_THREADS; t++) {
		engine->races.racers[t].model = &engine->model;
		engine->races.racers[t].driver = &engine->driver;
	}
	for (size_t g = 0; fine && g < RACE_GROUPS; g++) {
		fine = set_up_group(engine, g);
		if (!fine)
			error_set(
			    &err, "a new group refused the probe or claim that precedes the race");
	}
	if (!fine)
		engine_die(engine, "%s: %s", race_now(engine)->name, err.text);
}

/* -- judgement -- */

/* Releases what thread t's act was granted, if anything. Returns 0, or the error of that
 * release. */
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

/* Returns whether the group's first device is bound, or otherwise can be probed. */
static bool can_probe(struct engine *engine, size_t g)
{
	const struct impl_ops *impl = impl_of(engine);
	struct device *dev = engine->model.devices[RACE_THREADS * g];

	if (atomic_load_explicit(&dev->driver, memory_order_relaxed))
		return true;
	return !bus_probe(impl, dev, &engine->driver, BUS_FAIL_NONE, BUS_PATH_OPS) &&
	       !bus_remove(impl, dev, BUS_PATH_OPS);
}

/* Releases what both threads hold. Then returns whether the group is still owned, or refuses a new
 * owner. */
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

static void judge(struct engine *engine)
{
	const uint64_t now = clock_ns();

	for (size_t g = 0; g < engine->races.nr_trials; g++)
		judge_trial(engine, g, now);
	model_destroy(&engine->model);
	driver_memory_unmap(&engine->drivers);
}

static race_loop *act_of(const struct engine *engine, unsigned int thread)
{
	return engine->spec->instance->races[race_now(engine)->act[thread]];
}

static const struct race_finding findings[] = {
    {offsetof(struct race_count, conflicts), CLASS_UNSAFE, "conflicting owners"},
    {offsetof(struct race_count, lost), CLASS_UNSAFE, "results that no order explains"},
    {offsetof(struct race_count, leaks), CLASS_LEAKY, "group still owned after the last release"},
    {offsetof(struct race_count, spurious), CLASS_CAUTIOUS, "refusals without a holder"},
    {.what = NULL},
};

const struct batches ownership_batches = {set_up, judge, act_of, findings};
