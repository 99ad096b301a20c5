/* SPDX-License-Identifier: MIT */
/* C13: how long a driver has been on a user's group when the BOUND notifier finds it. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "harness/measure/clock.h"
#include "harness/measure/delay.h"
#include "harness/measure/pin.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

#include "impl/busted/notifier.c"

enum { MAX_SAMPLES = 2000, PROBE_NS = 10000 };

/* One experiment in a process: the operations have no argument for it. */
static struct {
	double turns_per_ns;
	uint64_t mixed_ns;   /* the driver was let in */
	uint64_t found_ns;   /* the notifier saw it */
	uint64_t used_then;  /* .. when the driver was let in, */
	uint64_t used_found; /* .. and when it was found */
	_Atomic(uint64_t) uses;
	_Atomic(bool) stop;
	unsigned int bug_ons;
} watch;

/* The driver's own probe lies between dma_configure and the notifier. */
static int watched_use(struct device *dev)
{
	int ret = notifier_use(dev);

	watch.mixed_ns = clock_ns();
	watch.used_then = atomic_load_explicit(&watch.uses, memory_order_relaxed);
	delay_turns((uint64_t)(PROBE_NS * watch.turns_per_ns));
	return ret;
}

static void watched_notify(struct device *dev, enum bus_event event)
{
	notifier_notify(dev, event);
	if (event != BUS_NOTIFY_BOUND_DRIVER)
		return;
	watch.found_ns = clock_ns();
	watch.used_found = atomic_load_explicit(&watch.uses, memory_order_relaxed);
	watch.bug_ons = atomic_load_explicit(&notifier(dev->group)->bug_ons, memory_order_relaxed);
}

/* The user, who does not know: an operation is as little as a store. */
static void *user_main(void *arg)
{
	pin_thread(*(const int *)arg);
	while (!atomic_load_explicit(&watch.stop, memory_order_relaxed))
		atomic_fetch_add_explicit(&watch.uses, 1, memory_order_relaxed);
	return NULL;
}

struct samples {
	size_t nr;
	double ns[MAX_SAMPLES], uses[MAX_SAMPLES];
};

static void sample(struct model *model, struct driver *drv, struct samples *s)
{
	const struct impl_ops watched = {.use_default_domain = watched_use,
	    .unuse_default_domain = notifier_unuse,
	    .notify = watched_notify};
	struct device *dev = model->devices[0];

	for (s->nr = 0; s->nr < MAX_SAMPLES; s->nr++) {
		bus_probe(&watched, dev, drv, BUS_FAIL_NONE, BUS_PATH_PROBE);
		s->ns[s->nr] = (double)(watch.found_ns - watch.mixed_ns);
		s->uses[s->nr] = (double)(watch.used_found - watch.used_then);
		bus_remove(&watched, dev, BUS_PATH_PROBE);
	}
}

static int sample_beside_user(struct samples *s, struct error *err)
{
	struct driver drv = {.name = "dma_api"};
	struct topology topology;
	struct model model;
	struct pin_plan pins;
	pthread_t user;
	int ret;

	if (topology_uniform(1, 2, &topology, err) || model_create(&model, &impl, &topology, err))
		return -1;
	if (impl.group_claim(model.groups[0], s))
		return error_set(err, "a user cannot claim an idle group");
	if (pin_plan_make(&pins, PIN_SCATTER, 2, err))
		return -1;
	ret = pthread_create(&user, NULL, user_main, &pins.cpus[1]);
	if (ret)
		return error_set(err, "cannot start a thread");
	pin_thread(pins.cpus[0]);
	while (!atomic_load_explicit(&watch.uses, memory_order_relaxed))
		sched_yield();
	sample(&model, &drv, s);
	atomic_store_explicit(&watch.stop, true, memory_order_relaxed);
	pthread_join(user, NULL);
	pin_plan_free(&pins);
	impl.group_release(model.groups[0]);
	model_destroy(&model);
	topology_free(&topology);
	return 0;
}

static int run(const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static struct samples s;
	struct interval ns;

	(void)options;
	watch.turns_per_ns = delay_calibrate();
	if (sample_beside_user(&s, err))
		return -1;
	ns = stats_median_interval(s.ns, s.nr, 0.95, 13);
	claim_value(result, stats_median(s.ns, s.nr), ns.low, ns.high, "ns from mixed to found");
	claim_figure(result, "%u of %zu mixed states were found by the notifier, each too late",
	    watch.bug_ons, s.nr);
	claim_figure(result,
	    "the driver is on the user's group for %.0f ns (%.0f..%.0f) before; "
	    "its own probe is modelled as %d ns",
	    result->value, ns.low, ns.high, PROBE_NS);
	claim_figure(result, "the user did %.0f operations meanwhile (median; p99 %.0f)",
	    stats_median(s.uses, s.nr), stats_quantile(s.uses, s.nr, 0.99));
	result->verdict = rule_above(ns, 0);
	return 0;
}

const struct claim claim_c13 = {
    .id = "C13",
    .text = "BUG_ON in the BOUND notifier comes too late",
    .where = "seed 002",
    .rule = "confirmed: the 95% interval of the time from the use that lets a driver into a user's "
	    "group to the notifier that finds it lies above 0; refuted: it is 0",
    .command = "ownbench explore --impl=busted_notifier --scenario=probe_claim",
    .run = run,
};
