/* SPDX-License-Identifier: MIT */
/* The loops of the configure family. They are compiled once for each implementation in
 * impl/configure/, in the way of bench/ownership/instance.c. */
#include IMPL_SOURCE

#include "bench/families/loops.h"
#include "harness/configure/configure.h"
#include "harness/configure/sequence.h"
#include "harness/measure/delay.h"
#include "harness/measure/latency.h"
#include "harness/measure/racer.h"
#include "harness/measure/recorder.h"

/* -- touches of devices that are set up -- */

/* Records a touch with the state that it returned, or NULL if that state was not complete. */
static inline struct iommu_state *recorded_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct record *r = recorder_call(SPEC_TOUCH, dev, NULL);
	struct iommu_state *state = impl.touch(dev, toucher);

	recorder_return(r, 0);
	r->with = iommu_state_is_complete(state) ? state : NULL;
	return state;
}

static inline struct iommu_state *timed_touch(struct iommu_device *dev, struct toucher *toucher)
{
	uint64_t start = latency_start();
	struct iommu_state *state = impl.touch(dev, toucher);

	latency_end(LATENCY_RETOUCH, start);
	return state;
}

static const struct configure_ops recorded = {.touch = recorded_touch};
static const struct configure_ops timed = {.touch = timed_touch};

INLINE const struct configure_ops *ops(struct variant v)
{
	if (v.check == (enum run_check)LOOP_TIMED)
		return &timed;
	return v.check == CHECK_HISTORY ? &recorded : &impl;
}

INLINE void touch_once(struct configure_worker *w, struct variant v)
{
	const size_t i = w->next;
	struct iommu_state *state = ops(v)->touch(w->configure->devices[i], &w->touchers[i]);

	w->seen[i] = state;
	w->incomplete += !iommu_state_is_complete(state);
	w->next = i + 1 == w->configure->nr_devices ? 0 : i + 1;
}

INLINE void run_touches(struct worker *worker, size_t steps, struct variant v)
{
	struct configure_worker *w = worker->context;

	if (v.check == CHECK_HISTORY && !recorder_has_room(steps))
		return; /* an operation that cannot be recorded must not run */
	for (size_t i = 0; i < steps; i++) {
		touch_once(w, v);
		if (v.delays)
			delay_turns(worker->gap);
	}
	worker->tally.uses += steps;
}

LOOPS(run_touches)

/* -- one-shot races: first touches of fresh devices -- */

static struct iommu_state *touch_first(struct iommu_device *dev, struct toucher *toucher)
{
	uint64_t start = latency_mine ? latency_start() : 0;
	struct iommu_state *state = impl.touch(dev, toucher);

	if (latency_mine)
		latency_end(LATENCY_FIRST_TOUCH, start);
	return state;
}

static const struct configure_ops raced = {.touch = touch_first};

static inline void lock_device(struct iommu_device *dev)
{
	pthread_mutex_lock(&dev->lock);
}

static inline void unlock_device(struct iommu_device *dev)
{
	pthread_mutex_unlock(&dev->lock);
}

static inline void wait_turn(int turn)
{
	if (turn >= RENDEZVOUS_SPINS)
		sched_yield();
}

static const struct configure_core core = {
    .lock = lock_device,
    .unlock = unlock_device,
    .wait = wait_turn,
};

INLINE struct iommu_state *act_on(
    struct iommu_device *dev, struct toucher *toucher, enum configure_act act)
{
	switch (act) {
	case CONFIGURE_AWAIT:
		configure_await(&core, dev);
		return configure_probe(&core, &raced, dev, toucher, 1);
	case CONFIGURE_PROBE:
		return configure_probe(&core, &raced, dev, toucher, 1);
	case CONFIGURE_ANNOUNCE:
		configure_add(dev);
		return touch_first(dev, toucher);
	default:
		return touch_first(dev, toucher);
	}
}

INLINE void race(struct racer *racer, enum configure_act act)
{
	struct configure *c = racer->family_data;
	struct toucher *touchers = &c->touchers[racer->thread * c->nr_devices];
	struct iommu_state **seen = &c->seen[racer->thread * c->nr_devices];

	for (size_t i = 0; i < racer->nr_trials; i++) {
		struct iommu_state *state;

		race_meet(&impl.about, racer);
		state = act_on(c->devices[i], &touchers[i], act);
		seen[i] = iommu_state_is_complete(state) ? state : NULL;
	}
}

#define RACE(name, act)                       \
	static void name(struct racer *racer) \
	{                                     \
		race(racer, act);             \
	}
RACE(race_probe, CONFIGURE_PROBE)
RACE(race_by_hand, CONFIGURE_BY_HAND)
RACE(race_announce, CONFIGURE_ANNOUNCE)
RACE(race_await, CONFIGURE_AWAIT)

extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .family = &family_configure,
    .about = &impl.about,
    .ops = &impl,
    .loops =
	{
	    [LOOP_PAIRS][BUS_PATH_OPS] =
		{
		    [CHECK_AUDIT] = {loop, loop_delayed},
		    [CHECK_HISTORY] = {loop_recorded, loop_recorded},
		    [LOOP_TIMED] = {loop_timed, loop_timed_delayed},
		},
	},
    .races =
	{
	    [CONFIGURE_PROBE] = race_probe,
	    [CONFIGURE_BY_HAND] = race_by_hand,
	    [CONFIGURE_ANNOUNCE] = race_announce,
	    [CONFIGURE_AWAIT] = race_await,
	},
};
