/* SPDX-License-Identifier: MIT */
/* The loops of group ownership, compiled once for each implementation. The build
 * (impl/instances.cmake) writes a file for each implementation that includes this one. Before that
 * it defines IMPL_SOURCE (the implementation's file), INSTANCE (the name of the object defined
 * here), and the texts INSTANCE_NAME and INSTANCE_FILE. The operations are in the same translation
 * unit, in a constant table, so they are inlined into the loops. */
#include IMPL_SOURCE

#include <stdlib.h>

#include "harness/inline.h"
#include "harness/measure/delay.h"
#include "harness/measure/latency.h"
#include "harness/measure/recorder.h"
#include "harness/ownership/ownership.h"
#include "harness/ownership/race_loop.h"
#include "harness/ownership/witness.h"

#define TIMED ((enum run_check)LOOP_TIMED)

/* Wrappers that record the operations in the history. */
static inline int recorded_use(struct device *dev)
{
	struct record *r = recorder_call(SPEC_USE, dev->group, dev);

	return recorder_return(r, impl.use_default_domain(dev));
}

static inline int recorded_unuse(struct device *dev)
{
	struct record *r = recorder_call(SPEC_UNUSE, dev->group, dev);

	return recorder_return(r, impl.unuse_default_domain(dev));
}

static inline int recorded_claim(struct group *group, void *owner)
{
	struct record *r = recorder_call(SPEC_GROUP_CLAIM, group, NULL);

	return recorder_return(r, impl.group_claim(group, owner));
}

static inline int recorded_release(struct group *group)
{
	struct record *r = recorder_call(SPEC_GROUP_RELEASE, group, NULL);

	return recorder_return(r, impl.group_release(group));
}

static inline int recorded_device_claim(struct device *dev, void *owner)
{
	struct record *r = recorder_call(SPEC_DEVICE_CLAIM, dev->group, dev);

	return recorder_return(r, impl.device_claim(dev, owner));
}

static inline int recorded_device_release(struct device *dev)
{
	struct record *r = recorder_call(SPEC_DEVICE_RELEASE, dev->group, dev);

	return recorder_return(r, impl.device_release(dev));
}

static inline bool recorded_claimed(struct group *group)
{
	struct record *r = recorder_call(SPEC_CLAIMED, group, NULL);

	return recorder_return(r, impl.claimed(group));
}

static inline void recorded_notify(struct device *dev, enum bus_event event)
{
	if (impl.notify)
		impl.notify(dev, event);
}

static const struct impl_ops recorded = {
    .use_default_domain = recorded_use,
    .unuse_default_domain = recorded_unuse,
    .group_claim = recorded_claim,
    .group_release = recorded_release,
    .device_claim = recorded_device_claim,
    .device_release = recorded_device_release,
    .claimed = recorded_claimed,
    .notify = recorded_notify,
};

/* Wrappers that time the operations. */
static inline int timed_use(struct device *dev)
{
	uint64_t start = latency_start();
	int ret = impl.use_default_domain(dev);

	latency_end(ret ? LATENCY_REFUSED : LATENCY_PROBE, start);
	return ret;
}

static inline int timed_unuse(struct device *dev)
{
	uint64_t start = latency_start();
	int ret = impl.unuse_default_domain(dev);

	latency_end(LATENCY_REMOVE, start);
	return ret;
}

static inline int timed_claim(struct group *group, void *owner)
{
	uint64_t start = latency_start();
	int ret = impl.group_claim(group, owner);

	latency_end(ret ? LATENCY_CLAIM_REFUSED : LATENCY_CLAIM_GRANTED, start);
	return ret;
}

static inline int timed_release(struct group *group)
{
	uint64_t start = latency_start();
	int ret = impl.group_release(group);

	latency_end(LATENCY_RELEASE, start);
	return ret;
}

static inline bool timed_claimed(struct group *group)
{
	uint64_t start = latency_start();
	bool claimed = impl.claimed(group);

	latency_end(LATENCY_QUERY, start);
	return claimed;
}

static const struct impl_ops timed = {
    .use_default_domain = timed_use,
    .unuse_default_domain = timed_unuse,
    .group_claim = timed_claim,
    .group_release = timed_release,
    .claimed = timed_claimed,
    .notify = recorded_notify,
};

/* The compile-time switches of a loop, so that it contains only the checks that its variant
 * needs. */
struct variant {
	bool mixed;
	enum bus_path path;
	enum run_check check;
	bool delays;
};

/* Returns the operations that a loop of this variant calls. */
INLINE const struct impl_ops *ops(struct variant v)
{
	if (v.check == TIMED)
		return &timed;
	return v.check == CHECK_HISTORY ? &recorded : &impl;
}

/* The greatest number of operations in a step, which is that of claim(). */
enum { STEP_RECORDS = 4 };

INLINE bool watched(struct variant v)
{
	return v.check == CHECK_WITNESS || v.check == CHECK_HISTORY;
}

INLINE bool witnessed(struct variant v)
{
	return v.check == CHECK_WITNESS;
}

/* Probes a device. `drv` is usually worker->driver, which the loops keep in a register. Returns the
 * result of bus_probe(). */
INLINE int bind_device(struct worker *worker, struct device *dev, struct driver *drv,
    enum bus_fail fail, struct variant v)
{
	int ret = bus_probe(ops(v), dev, drv, fail, v.path);

	if (!ret && witnessed(v))
		witness_driver_enters(worker, dev->group);
	return ret;
}

INLINE int unbind_device(struct device *dev, struct variant v)
{
	if (witnessed(v))
		witness_driver_leaves(dev->group);
	return bus_remove(ops(v), dev, v.path);
}

INLINE void pair(struct worker *worker, struct device *dev, struct driver *drv, enum bus_fail fail,
    struct variant v, struct tally *t)
{
	int ret = bind_device(worker, dev, drv, fail, v);

	if (!ret) {
		if (v.delays)
			delay_turns(worker->hold);
		if (unbind_device(dev, v))
			worker->tally.unpaired++; /* count_pairs() counts the pair itself */
	} else if (ret == -EBUSY) {
		t->refused++;
	} else if (ret == -EINVAL) {
		t->failed++;
		worker->tally.unpaired++;
	} else {
		t->failed++;
	}
}

static const struct core_user bare_user = {.enter = NULL};
static const struct core_user witnessed_user = {witness_user_enters, witness_user_leaves};

/* Claims and releases through the device, or as a group if `dev` is NULL. Through a device, the
 * user also makes a nested claim. */
INLINE void claim(struct worker *worker, struct group *group, struct device *dev, struct variant v,
    struct tally *t)
{
	const struct core_user *user = witnessed(v) ? &witnessed_user : &bare_user;
	const struct core_claim claim = {group, dev, worker_owner(worker)};
	bool twice;

	if (core_claim(user, ops(v), &claim)) {
		t->claims_refused++;
		return;
	}
	twice = dev && !ops(v)->device_claim(dev, claim.owner);
	if (v.delays)
		delay_turns(worker->hold);
	if (twice && ops(v)->device_release(dev))
		worker->tally.unpaired++;
	if (core_release(user, ops(v), &claim))
		worker->tally.unpaired++;
	t->claims++;
}

INLINE void query(struct group *group, struct variant v, struct tally *t)
{
	t->owned += ops(v)->claimed(group);
	t->queries++;
}

/* Removes a device from its group and adds it again. The ceiling keeps its device, because it has
 * no lock, and its list would be corrupted. */
INLINE void plug(struct worker *worker, struct device *dev, struct variant v, struct tally *t)
{
	struct group *group = dev->group;

	if (impl.about.class != CLASS_NONE) {
		impl.device_remove(group, dev);
		if (v.delays)
			delay_turns(worker->hold);
		impl.device_add(group, dev);
	}
	t->plugs++;
}

enum { WORKER_DRIVERS = 64 }; /* an address is reused after this many steps */

/* Returns a driver that belongs to the worker, and to which no device is bound. */
INLINE struct driver *new_driver(struct worker *worker)
{
	struct driver *drv = NULL;

	if (worker->drivers.pages || !driver_memory_map(&worker->drivers, WORKER_DRIVERS))
		drv = driver_alloc(&worker->drivers);
	if (!drv)
		abort(); /* out of memory */
	return drv;
}

/* Probes and removes a device. Its driver is unregistered and freed afterwards, if the design
 * permits that. */
INLINE void pair_and_unregister(
    struct worker *worker, struct device *dev, struct variant v, struct tally *t)
{
	struct driver *drv = impl.drivers_must_stay ? worker->driver : new_driver(worker);

	pair(worker, dev, drv, BUS_FAIL_NONE, v, t);
	if (impl.drivers_must_stay)
		return;
	if (impl.driver_unregister)
		impl.driver_unregister(drv);
	driver_free(drv);
}

/* Runs a step that is not a probe. */
INLINE void run_other(struct worker *worker, uintptr_t step, struct variant v, struct tally *t)
{
	struct device *dev = step_device(step);

	switch (step_kind(step)) {
	case STEP_QUERY:
		query(dev->group, v, t);
		break;
	case STEP_PLUG:
		plug(worker, dev, v, t);
		break;
	case STEP_UNREGISTER:
		pair_and_unregister(worker, dev, v, t);
		break;
	case STEP_DEVICE_CLAIM:
		/* Only traces of watched loops have such steps. Elsewhere count_pairs() would count
		 * them as pairs. */
		if (watched(v))
			claim(worker, dev->group, dev, v, t);
		break;
	default:
		claim(worker, dev->group, NULL, v, t);
	}
}

INLINE void run_step(
    struct worker *worker, uintptr_t step, struct driver *drv, struct variant v, struct tally *t)
{
	struct device *dev = step_device(step);

	if (!v.mixed)
		pair(worker, (struct device *)step, drv, BUS_FAIL_NONE, v, t);
	else if (step_kind(step) >= STEP_CLAIM)
		run_other(worker, step, v, t);
	else
		pair(worker, dev, drv, (enum bus_fail)step_kind(step), v, t);
}

/* Counts the pairs of a batch: all steps that count as nothing else. So a step whose probe is
 * granted costs no counter. */
INLINE void count_pairs(struct tally *t, size_t steps)
{
	t->pairs =
	    steps - t->refused - t->failed - t->claims - t->claims_refused - t->queries - t->plugs;
}

/* Runs a batch of steps. The batch has a tally of its own, whose members stay in registers. */
INLINE void run_steps(struct worker *worker, size_t steps, struct variant v)
{
	const uintptr_t *trace = worker->trace;
	const size_t mask = worker->mask;
	struct driver *drv = worker->driver;
	size_t next = worker->next;
	struct tally t = {0};

	if (v.check == CHECK_HISTORY && !recorder_has_room(STEP_RECORDS * steps))
		return; /* an operation that cannot be recorded must not run */
	/* A batch has many steps. A compiler that expects few keeps counters in memory. */
	for (size_t end = next + steps; __builtin_expect_with_probability(next != end, 1, 0.999);
	     next++) {
		run_step(worker, trace[next & mask], drv, v, &t);
		if (v.delays)
			delay_turns(worker->gap);
	}
	worker->next = next;
	count_pairs(&t, steps);
	tally_add(&worker->tally, &t);
}

INLINE void run_binds(struct worker *worker, size_t steps, struct variant v)
{
	if (v.check == CHECK_HISTORY && !recorder_has_room(2 * steps))
		return; /* an operation that cannot be recorded must not run */
	for (size_t i = 0; i < steps; i++) {
		struct device *dev = step_device(worker->trace[i]);

		if (bind_device(worker, dev, worker->driver, BUS_FAIL_NONE, v))
			worker->tally.refused++;
		else
			worker->tally.pairs++;
	}
}

/* Unbinds the devices that run_binds() bound. Devices whose probe was refused have no driver. */
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
#define LOOP(name, run, mixed, path, check, delays)                               \
	static void name(struct worker *worker, size_t steps)                     \
	{                                                                         \
		run(worker, steps, (struct variant){mixed, path, check, delays}); \
	}
/* Defines the loops. A measured loop exists once per variant. Loops that watch each step are not
 * measured, so a single one serves all variants: it handles all kinds of step, and delays, which
 * may be 0 turns. */
#define MEASURED(name, mixed, path)                                     \
	LOOP(name, run_steps, mixed, path, CHECK_AUDIT, false)          \
	LOOP(name##_delayed, run_steps, mixed, path, CHECK_AUDIT, true) \
	LOOP(name##_timed, run_steps, mixed, path, TIMED, false)        \
	LOOP(name##_timed_delayed, run_steps, mixed, path, TIMED, true)
#define WATCHED(name, run, path)                                     \
	LOOP(name##_witnessed, run, true, path, CHECK_WITNESS, true) \
	LOOP(name##_recorded, run, true, path, CHECK_HISTORY, true)
/* Loops for rounds. Rounds have no delays. */
#define ROUND(name, run, path)                           \
	LOOP(name, run, false, path, CHECK_AUDIT, false) \
	WATCHED(name, run, path)

#define ENTRIES(name, watched)                                                \
	{                                                                     \
		[CHECK_AUDIT] = {name, name##_delayed},                       \
		[CHECK_WITNESS] = {watched##_witnessed, watched##_witnessed}, \
		[CHECK_HISTORY] = {watched##_recorded, watched##_recorded},   \
		[LOOP_TIMED] = {name##_timed, name##_timed_delayed},          \
	}
#define ROUND_ENTRIES(name)                                             \
	{                                                               \
		[CHECK_AUDIT] = {name, name},                           \
		[CHECK_WITNESS] = {name##_witnessed, name##_witnessed}, \
		[CHECK_HISTORY] = {name##_recorded, name##_recorded},   \
	}

MEASURED(pairs_ops, false, OPS)
MEASURED(pairs_probe, false, PROBE)
MEASURED(mixed_ops, true, OPS)
MEASURED(mixed_probe, true, PROBE)
WATCHED(mixed_ops, run_steps, OPS)
WATCHED(mixed_probe, run_steps, PROBE)
ROUND(bind_ops, run_binds, OPS)
ROUND(bind_probe, run_binds, PROBE)
ROUND(unbind_ops, run_unbinds, OPS)
ROUND(unbind_probe, run_unbinds, PROBE)

#define RACE(name, act)                       \
	static void name(struct racer *racer) \
	{                                     \
		race_all(&impl, racer, act);  \
	}

RACE(race_probe, RACE_PROBE)
RACE(race_probe_pinctrl, RACE_PROBE_PINCTRL)
RACE(race_probe_fails, RACE_PROBE_FAILS)
RACE(race_remove, RACE_REMOVE)
RACE(race_unregister_driver, RACE_UNREGISTER)
RACE(race_claim, RACE_CLAIM)
RACE(race_release, RACE_RELEASE)
RACE(race_device_claim, RACE_DEVICE_CLAIM)
RACE(race_device_release, RACE_DEVICE_RELEASE)

extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .family = &family_ownership,
    .about = &impl.about,
    .ops = &impl,
    .loops =
	{
	    [LOOP_PAIRS] = {ENTRIES(pairs_ops, mixed_ops), ENTRIES(pairs_probe, mixed_probe)},
	    [LOOP_MIXED] = {ENTRIES(mixed_ops, mixed_ops), ENTRIES(mixed_probe, mixed_probe)},
	    [LOOP_BIND] = {ROUND_ENTRIES(bind_ops), ROUND_ENTRIES(bind_probe)},
	    [LOOP_UNBIND] = {ROUND_ENTRIES(unbind_ops), ROUND_ENTRIES(unbind_probe)},
	},
    .races =
	{
	    [RACE_PROBE] = race_probe,
	    [RACE_PROBE_PINCTRL] = race_probe_pinctrl,
	    [RACE_PROBE_FAILS] = race_probe_fails,
	    [RACE_REMOVE] = race_remove,
	    [RACE_UNREGISTER] = race_unregister_driver,
	    [RACE_CLAIM] = race_claim,
	    [RACE_RELEASE] = race_release,
	    [RACE_DEVICE_CLAIM] = race_device_claim,
	    [RACE_DEVICE_RELEASE] = race_device_release,
	},
};
