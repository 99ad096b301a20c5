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

/* State of the operations below. They have no argument that could point to it, so it is static.
 * Each experiment runs in a process of its own. */
static struct {
	const struct impl_ops *impl; /* the design under test */
	uint64_t probe_turns; /* length of the driver's own probe, in turns of the delay loop */
	uint64_t granted;     /* probes that were granted the group */
	uint64_t notified;    /* calls of the notifier for a bound driver */
	uint64_t granted_ns;  /* time when use returned */
	uint64_t notified_ns; /* time when the notifier returned */
	uint64_t uses_when_granted;  /* the user's accesses until `granted_ns` */
	uint64_t uses_when_notified; /* the user's accesses until `notified_ns` */
	_Atomic(uint64_t) uses;
	_Atomic(bool) stop;
} watch;

/* Called by dma_configure. The delay stands for the driver's own probe, which runs between
 * dma_configure and the notifier. */
static int watched_use(struct device *dev)
{
	int ret = watch.impl->use_default_domain(dev);

	watch.granted_ns = clock_ns();
	watch.uses_when_granted = atomic_load_explicit(&watch.uses, memory_order_relaxed);
	watch.granted += !ret;
	delay_turns(watch.probe_turns);
	return ret;
}

/* busted_notifier checks the group in its notifier, the earliest moment at which this design can
 * find the driver (tests/unit/notifier.c). */
static void watched_notify(struct device *dev, enum bus_event event)
{
	watch.impl->notify(dev, event);
	if (event != BUS_NOTIFY_BOUND_DRIVER)
		return;
	watch.notified_ns = clock_ns();
	watch.notified++;
	watch.uses_when_notified = atomic_load_explicit(&watch.uses, memory_order_relaxed);
}

/* The user's thread, which does not know about the driver. Each increment stands for an access to
 * its device. */
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

static void sample_window(struct model *model, struct driver *drv, struct samples *s)
{
	const struct impl_ops watched = {.use_default_domain = watched_use,
	    .unuse_default_domain = watch.impl->unuse_default_domain,
	    .notify = watched_notify};
	struct device *dev = model->devices[0];

	for (s->nr = 0; s->nr < MAX_SAMPLES; s->nr++) {
		bus_probe(&watched, dev, drv, BUS_FAIL_NONE, BUS_PATH_PROBE);
		s->ns[s->nr] = (double)(watch.notified_ns - watch.granted_ns);
		s->uses[s->nr] = (double)(watch.uses_when_notified - watch.uses_when_granted);
		bus_remove(&watched, dev, BUS_PATH_PROBE);
	}
}

/* Fills `s` with samples that include the driver's own probe, and `bare` with samples without
 * it. */
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
		return error_set(err, "busted_notifier refuses a user's claim to an idle group");
	if (pin_plan_make(&pins, PIN_SCATTER, 2, err))
		return -1;
	ret = pthread_create(&user, NULL, user_main, &pins.cpus[1]);
	if (ret)
		return error_set(err, "cannot start a thread");
	pin_thread(pins.cpus[0]);
	while (!atomic_load_explicit(&watch.uses, memory_order_relaxed))
		sched_yield();
	watch.probe_turns = (uint64_t)(PROBE_NS * delay_calibrate());
	sample_window(&model, &drv, s);
	watch.probe_turns = 0;
	sample_window(&model, &drv, bare);
	atomic_store_explicit(&watch.stop, true, memory_order_relaxed);
	pthread_join(user, NULL);
	pin_plan_free(&pins);
	ret = watch.impl->group_release(model.groups[0]);
	model_destroy(&model);
	topology_free(&topology);
	return ret ? error_set(err,
			 "busted_notifier refuses the release by the user that holds the group")
	           : 0;
}

static int run_c13(
    const struct claim_options *options, struct claim_result *result, struct error *err)
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
	claim_value(result, stats_median(s.ns, s.nr), ns.low, ns.high,
	    "ns from the granted use to the notifier's return");
	claim_figure(result,
	    "of %zu probes beside a user that holds the group, %" PRIu64
	    " were granted, and the notifier saw %" PRIu64 " of them afterwards",
	    s.nr + bare.nr, watch.granted, watch.notified);
	claim_figure(result,
	    "when the notifier returns, the driver has had the user's group for %.0f ns "
	    "(%.0f..%.0f), of which its modelled probe took %d ns; without this probe, for %.0f ns",
	    result->value, ns.low, ns.high, PROBE_NS, stats_median(bare.ns, bare.nr));
	claim_figure(result,
	    "meanwhile the user incremented a counter %.0f times (median; p99 %.0f)",
	    stats_median(s.uses, s.nr), stats_quantile(s.uses, s.nr, 0.99));
	result->verdict = rule_above(ns, 0);
	return 0;
}

const struct claim claim_c13 = {
    .id = "C13",
    .text = "BUG_ON in the BOUND notifier comes too late",
    .where = MAIL_GUNTHORPE_2021_09_27,
    .rule = "The figure is the time from the call of use that admits a driver to a user's group "
	    "until the notifier that finds the driver returns. The driver's own probe, of 10 us, "
	    "runs in between, as in really_probe(). Confirmed if the 95% interval over 2000 probes "
	    "is above 0; refuted if it is 0.",
    .command = "ownbench explore --impl=busted_notifier --scenario=probe_claim",
    .run = run_c13,
};
