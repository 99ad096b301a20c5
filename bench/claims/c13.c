/* SPDX-License-Identifier: MIT */
/* C13: how long a driver has been on a user's group when the BOUND notifier finds it. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/measure/clock.h"
#include "harness/measure/delay.h"
#include "harness/measure/pin.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"
#include "harness/ownership/ownership.h"

enum { MAX_SAMPLES = 2000, PROBE_NS = 10000 };

/* One experiment in a process: the operations have no argument for it. */
static struct {
	const struct impl_ops *impl; /* which is watched */
	uint64_t probe_turns;        /* of the driver's own probe */
	uint64_t let_in;             /* probes whose use was granted, */
	uint64_t told;               /* .. and of which the notifier was told */
	uint64_t mixed_ns;           /* the driver was let in */
	uint64_t told_ns;            /* the notifier had its say */
	uint64_t used_then;          /* .. when the driver was let in, */
	uint64_t used_told;          /* .. and when the notifier was through */
	_Atomic(uint64_t) uses;
	_Atomic(bool) stop;
} watch;

/* The driver's own probe lies between dma_configure and the notifier. */
static int watched_use(struct device *dev)
{
	int ret = watch.impl->use_default_domain(dev);

	watch.mixed_ns = clock_ns();
	watch.used_then = atomic_load_explicit(&watch.uses, memory_order_relaxed);
	watch.let_in += !ret;
	delay_turns(watch.probe_turns);
	return ret;
}

/* What it finds there it counts for itself: tests/unit/notifier.c. No sooner can it be found. */
static void watched_notify(struct device *dev, enum bus_event event)
{
	watch.impl->notify(dev, event);
	if (event != BUS_NOTIFY_BOUND_DRIVER)
		return;
	watch.told_ns = clock_ns();
	watch.told++;
	watch.used_told = atomic_load_explicit(&watch.uses, memory_order_relaxed);
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
	    .unuse_default_domain = watch.impl->unuse_default_domain,
	    .notify = watched_notify};
	struct device *dev = model->devices[0];

	for (s->nr = 0; s->nr < MAX_SAMPLES; s->nr++) {
		bus_probe(&watched, dev, drv, BUS_FAIL_NONE, BUS_PATH_PROBE);
		s->ns[s->nr] = (double)(watch.told_ns - watch.mixed_ns);
		s->uses[s->nr] = (double)(watch.used_told - watch.used_then);
		bus_remove(&watched, dev, BUS_PATH_PROBE);
	}
}

/* With the driver's own probe, and where that takes no time. */
static int sample_beside_user(struct samples *s, struct samples *bare, struct error *err)
{
	struct driver drv = {.name = "dma_api"};
	struct topology topology;
	struct model model;
	struct pin_plan pins;
	pthread_t user;
	int ret;

	if (topology_uniform(1, 2, &topology, err) ||
	    model_create(&model, watch.impl, &topology, err))
		return -1;
	if (watch.impl->group_claim(model.groups[0], s))
		return error_set(err, "a user cannot claim an idle group");
	if (pin_plan_make(&pins, PIN_SCATTER, 2, err))
		return -1;
	ret = pthread_create(&user, NULL, user_main, &pins.cpus[1]);
	if (ret)
		return error_set(err, "cannot start a thread");
	pin_thread(pins.cpus[0]);
	while (!atomic_load_explicit(&watch.uses, memory_order_relaxed))
		sched_yield();
	watch.probe_turns = (uint64_t)(PROBE_NS * delay_calibrate());
	sample(&model, &drv, s);
	watch.probe_turns = 0;
	sample(&model, &drv, bare);
	atomic_store_explicit(&watch.stop, true, memory_order_relaxed);
	pthread_join(user, NULL);
	pin_plan_free(&pins);
	ret = watch.impl->group_release(model.groups[0]);
	model_destroy(&model);
	topology_free(&topology);
	return ret ? error_set(err, "the group was not the user's to the end") : 0;
}

static int run(const struct claim_options *options, struct claim_result *result, struct error *err)
{
	const struct instance *notifier = experiment_instance("busted_notifier", err);
	static struct samples s, bare;
	struct interval ns;

	(void)options;
	if (!notifier)
		return -1;
	watch.impl = ownership_ops(notifier);
	if (sample_beside_user(&s, &bare, err))
		return -1;
	ns = median_interval(s.ns, s.nr, 0.95);
	claim_value(result, stats_median(s.ns, s.nr), ns.low, ns.high, "ns from mixed to found");
	claim_figure(result,
	    "of %zu probes beside a user who holds the group, %" PRIu64
	    " were let in, and the notifier was told of %" PRIu64 " of them afterwards",
	    s.nr + bare.nr, watch.let_in, watch.told);
	claim_figure(result,
	    "the driver is on the user's group for %.0f ns (%.0f..%.0f) before, of which its own "
	    "probe is modelled as %d ns; for %.0f ns where that takes no time",
	    result->value, ns.low, ns.high, PROBE_NS, stats_median(bare.ns, bare.nr));
	claim_figure(result,
	    "the user, who does nothing but add one, did so %.0f times meanwhile (median; p99 "
	    "%.0f)",
	    stats_median(s.uses, s.nr), stats_quantile(s.uses, s.nr, 0.99));
	result->verdict = rule_above(ns, 0);
	return 0;
}

const struct claim claim_c13 = {
    .id = "C13",
    .text = "BUG_ON in the BOUND notifier comes too late",
    .where = MAIL_GUNTHORPE_2021_09_27,
    .rule = "The figure is the time from the use that admits a driver to a user's group to "
	    "the end of the notifier that finds it. A driver's probe of 10 us lies between "
	    "them, as in really_probe(). Confirmed if the 95% interval over 2000 probes is "
	    "above 0; refuted if it is 0.",
    .command = "ownbench explore --impl=busted_notifier --scenario=probe_claim",
    .run = run,
};
