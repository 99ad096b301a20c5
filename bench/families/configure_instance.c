/* SPDX-License-Identifier: MIT */
/* The loops of the family configure, compiled once for every implementation below impl/configure/:
 * as bench/families/lifetime_instance.c. */
#ifdef IMPL_SOURCE

#include IMPL_SOURCE

#include "harness/check/race_loop.h"
#include "harness/configure/configure.h"
#include "harness/measure/delay.h"
#include "harness/measure/latency.h"

#define INLINE __attribute__((always_inline)) static inline

/* -- devices that are touched again -- */

INLINE void touch_once(struct configure_worker *w, bool timed)
{
	const size_t i = w->next;
	uint64_t start = timed ? latency_start() : 0;
	struct iommu_state *state = impl.touch(w->configure->devices[i], &w->touchers[i]);

	if (timed)
		latency_end(LATENCY_RETOUCH, start);
	w->seen[i] = state;
	w->incomplete += !iommu_state_is_complete(state);
	w->next = i + 1 == w->configure->nr_devices ? 0 : i + 1;
}

INLINE void run_touches(struct worker *worker, size_t steps, bool timed, bool delays)
{
	struct configure_worker *w = worker->context;

	for (size_t i = 0; i < steps; i++) {
		touch_once(w, timed);
		if (delays)
			delay_turns(worker->gap);
	}
	worker->tally.uses += steps;
}

#define LOOP(name, timed, delays)                             \
	static void name(struct worker *worker, size_t steps) \
	{                                                     \
		run_touches(worker, steps, timed, delays);    \
	}
LOOP(loop, false, false)
LOOP(loop_delayed, false, true)
LOOP(loop_timed, true, false)
LOOP(loop_timed_delayed, true, true)

/* -- one-shot races for a fresh device -- */

static struct iommu_state *touch_first(struct iommu_device *dev, struct toucher *toucher)
{
	uint64_t start = latency_mine ? latency_start() : 0;
	struct iommu_state *state = impl.touch(dev, toucher);

	if (latency_mine)
		latency_end(LATENCY_FIRST_TOUCH, start);
	return state;
}

static struct iommu_state *probe(struct iommu_device *dev, struct toucher *toucher)
{
	struct iommu_state *state;

	pthread_mutex_lock(&dev->lock);
	toucher->locked = true;
	state = touch_first(dev, toucher);
	pthread_mutex_unlock(&dev->lock);
	return state;
}

static struct iommu_state *await(struct iommu_device *dev, struct toucher *toucher)
{
	/* acquire: pairs with the release of CONFIGURE_ANNOUNCE. */
	for (int spins = 0; !atomic_load_explicit(&dev->added, memory_order_acquire); spins++) {
		if (spins >= RENDEZVOUS_SPINS)
			sched_yield();
	}
	return probe(dev, toucher);
}

INLINE struct iommu_state *act_on(
    struct iommu_device *dev, struct toucher *toucher, enum configure_act act)
{
	switch (act) {
	case CONFIGURE_PROBE:
		return probe(dev, toucher);
	case CONFIGURE_AWAIT:
		return await(dev, toucher);
	case CONFIGURE_ANNOUNCE:
		/* release: pairs with the acquire in await(). */
		atomic_store_explicit(&dev->added, true, memory_order_release);
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

	for (size_t i = 0; i < RACE_GROUPS; i++) {
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
    .impl = &impl.about,
    .ops = &impl,
    .loops =
	{
	    [LOOP_PAIRS][BUS_PATH_OPS] =
		{
		    [CHECK_AUDIT] = {loop, loop_delayed},
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

#endif
