/* SPDX-License-Identifier: MIT */
/*
 * The workload loops, compiled once for every implementation: the build gives IMPL_SOURCE, the
 * implementation's file, INSTANCE, the name of the object defined here, and the two texts
 * INSTANCE_NAME and INSTANCE_FILE. With the operations in the same translation unit behind a
 * constant table they inline into the loops.
 */
#include IMPL_SOURCE

#include "harness/check/race_loop.h"
#include "harness/check/witness.h"
#include "harness/measure/delay.h"
#include "harness/measure/worker.h"

#define INLINE __attribute__((always_inline)) static inline

/* A loop's variant: constants, so that what is not asked for is not there. */
struct variant {
	bool mixed;
	enum bus_path path;
	bool witness;
	bool delays;
};

/* `drv` is the worker's driver, which the loops keep in a register. */
INLINE int bind_device(struct worker *worker, struct device *dev, struct driver *drv,
    enum bus_fail fail, struct variant v)
{
	int ret = bus_probe(&impl, dev, drv, fail, v.path);

	if (!ret && v.witness)
		witness_driver_enters(worker, dev->group);
	return ret;
}

INLINE int unbind_device(struct device *dev, struct variant v)
{
	if (v.witness)
		witness_driver_leaves(dev->group);
	return bus_remove(&impl, dev, v.path);
}

INLINE void pair(struct worker *worker, struct device *dev, struct driver *drv, enum bus_fail fail,
    struct variant v, struct tally *t)
{
	int ret = bind_device(worker, dev, drv, fail, v);

	if (!ret) {
		if (v.delays)
			delay_turns(worker->hold);
		if (unbind_device(dev, v))
			t->unpaired++;
		t->pairs++;
	} else if (ret == -EBUSY) {
		t->refused++;
	} else if (ret == -EINVAL) {
		t->failed++;
		t->unpaired++;
	} else {
		t->failed++;
	}
}

INLINE void claim(struct worker *worker, struct group *group, struct variant v, struct tally *t)
{
	if (impl.group_claim(group, worker_owner(worker))) {
		t->claims_refused++;
		return;
	}
	if (v.witness)
		witness_user_enters(worker, group);
	if (v.delays)
		delay_turns(worker->hold);
	if (v.witness)
		witness_user_leaves(worker, group);
	if (impl.group_release(group))
		t->unpaired++;
	t->claims++;
}

INLINE void run_step(
    struct worker *worker, uintptr_t step, struct driver *drv, struct variant v, struct tally *t)
{
	struct device *dev = step_device(step);

	if (!v.mixed)
		pair(worker, (struct device *)step, drv, BUS_FAIL_NONE, v, t);
	else if (step_kind(step) == STEP_CLAIM)
		claim(worker, dev->group, v, t);
	else
		pair(worker, dev, drv, (enum bus_fail)step_kind(step), v, t);
}

/* Tallies stay in registers until the batch is over. */
INLINE void run_steps(struct worker *worker, size_t steps, struct variant v)
{
	const uintptr_t *trace = worker->trace;
	const size_t mask = worker->mask;
	struct driver *drv = worker->driver;
	size_t next = worker->next;
	struct tally t = worker->tally;

	for (size_t end = next + steps; next != end; next++) {
		run_step(worker, trace[next & mask], drv, v, &t);
		if (v.delays)
			delay_turns(worker->gap);
	}
	worker->next = next;
	worker->tally = t;
}

INLINE void run_binds(struct worker *worker, size_t steps, struct variant v)
{
	for (size_t i = 0; i < steps; i++) {
		struct device *dev = step_device(worker->trace[i]);

		if (bind_device(worker, dev, worker->driver, BUS_FAIL_NONE, v))
			worker->tally.refused++;
		else
			worker->tally.pairs++;
	}
}

/* Of devices that run_binds() bound; one that was refused has no driver. */
INLINE void run_unbinds(struct worker *worker, size_t steps, struct variant v)
{
	for (size_t i = 0; i < steps; i++) {
		struct device *dev = step_device(worker->trace[i]);

		if (atomic_load_explicit(&dev->driver, memory_order_relaxed) &&
		    unbind_device(dev, v))
			worker->tally.unpaired++;
	}
}

#define OPS BUS_PATH_OPS
#define PROBE BUS_PATH_PROBE
#define LOOP(name, run, mixed, path, witness, delays)                               \
	static void name(struct worker *worker, size_t steps)                       \
	{                                                                           \
		run(worker, steps, (struct variant){mixed, path, witness, delays}); \
	}
/* The four variants of one loop on one path. */
#define LOOPS(name, run, mixed, path)                         \
	LOOP(name, run, mixed, path, false, false)            \
	LOOP(name##_delayed, run, mixed, path, false, true)   \
	LOOP(name##_witnessed, run, mixed, path, true, false) \
	LOOP(name##_witnessed_delayed, run, mixed, path, true, true)
#define ENTRIES(name)                                              \
	{                                                          \
		{name, name##_delayed},                            \
		{                                                  \
			name##_witnessed, name##_witnessed_delayed \
		}                                                  \
	}

LOOPS(pairs_ops, run_steps, false, OPS)
LOOPS(pairs_probe, run_steps, false, PROBE)
LOOPS(mixed_ops, run_steps, true, OPS)
LOOPS(mixed_probe, run_steps, true, PROBE)
LOOPS(bind_ops, run_binds, false, OPS)
LOOPS(bind_probe, run_binds, false, PROBE)
LOOPS(unbind_ops, run_unbinds, false, OPS)
LOOPS(unbind_probe, run_unbinds, false, PROBE)

#define RACE(name, act)                       \
	static void name(struct racer *racer) \
	{                                     \
		race_all(&impl, racer, act);  \
	}

RACE(race_probe, RACE_PROBE)
RACE(race_probe_pinctrl, RACE_PROBE_PINCTRL)
RACE(race_probe_fails, RACE_PROBE_FAILS)
RACE(race_remove, RACE_REMOVE)
RACE(race_claim, RACE_CLAIM)
RACE(race_release, RACE_RELEASE)
RACE(race_device_claim, RACE_DEVICE_CLAIM)
RACE(race_device_release, RACE_DEVICE_RELEASE)

extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .impl = &impl,
    .loops =
	{
	    [LOOP_PAIRS] = {ENTRIES(pairs_ops), ENTRIES(pairs_probe)},
	    [LOOP_MIXED] = {ENTRIES(mixed_ops), ENTRIES(mixed_probe)},
	    [LOOP_BIND] = {ENTRIES(bind_ops), ENTRIES(bind_probe)},
	    [LOOP_UNBIND] = {ENTRIES(unbind_ops), ENTRIES(unbind_probe)},
	},
    .races =
	{
	    [RACE_PROBE] = race_probe,
	    [RACE_PROBE_PINCTRL] = race_probe_pinctrl,
	    [RACE_PROBE_FAILS] = race_probe_fails,
	    [RACE_REMOVE] = race_remove,
	    [RACE_CLAIM] = race_claim,
	    [RACE_RELEASE] = race_release,
	    [RACE_DEVICE_CLAIM] = race_device_claim,
	    [RACE_DEVICE_RELEASE] = race_device_release,
	},
};
