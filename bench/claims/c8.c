/* SPDX-License-Identifier: MIT */
/* C8: a remove that walks the group and takes each sibling's device_lock while it holds its own. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/claims/claim.h"
#include "harness/explore/explore.h"
#include "harness/explore/hook.h"
#include "harness/explore/ownership/ownership.h"
#include "harness/measure/clock.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

enum { DEVICES = 2, MAX_CLAIMS = 1000000 };

/* State of the operations below. They have no argument that could point to it, so it is static.
 * Each experiment runs in a process of its own. */
static struct {
	const struct model *model;
	_Atomic(uint64_t) removes;
} port;

/* The remove that was proposed: it walks the group, and takes the device_lock of each sibling to
 * read its driver pointer. */
static int locked_unuse(struct device *dev)
{
	for (size_t d = 0; d < DEVICES; d++) {
		struct device *other = port.model->devices[d];

		if (other == dev)
			continue;
		device_lock(other);
		device_unlock(other);
	}
	return 0;
}

static int grant_device(struct device *dev)
{
	(void)dev;
	return 0;
}

static void list_add(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void list_remove(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static const struct impl_ops impl = {
    .device_add = list_add,
    .device_remove = list_remove,
    .use_default_domain = grant_device,
    .unuse_default_domain = locked_unuse,
};

/* -- the order of the locks -- */

/* locked_unuse() with the explorer's locks. */
static int watched_unuse(struct device *dev)
{
	struct device *other;

	LIST_FOREACH (other, &dev->group->devices, link) {
		if (other == dev)
			continue;
		explore_device_lock(SOURCE_LOCATION("device_lock"), other);
		explore_device_unlock(SOURCE_LOCATION("device_unlock"), other);
	}
	return 0;
}

static int claim_granted(struct group *group, void *owner)
{
	(void)group;
	(void)owner;
	return 0;
}

static bool never_claimed(struct group *group)
{
	(void)group;
	return false;
}

static const struct impl_ops watched = {
    .device_add = list_add,
    .device_remove = list_remove,
    .use_default_domain = grant_device,
    .unuse_default_domain = watched_unuse,
    .group_claim = claim_granted,
    .claimed = never_claimed,
};

/* Explores one thread that removes the two devices one after the other. It cannot deadlock, but the
 * checker sees the order of its locks. */
static int watch_order(struct explore_result *result, struct error *err)
{
	static const struct explored explored = {
	    .name = "C8", .family = &explore_ownership, .about = &watched.about, .ops = &watched};
	static const struct scenario removes = {
	    "removes", "one thread removes both devices", {"probe:0 probe:1 remove:0 remove:1"}};
	const struct explore_options options = {.model = MODEL_SC};

	return explore(&explored, &removes, &options, result, err);
}

static void report_order(const struct lockorder *locks, struct claim_result *result)
{
	FILE *f = fmemopen(result->report, sizeof(result->report), "w");

	if (!f)
		return;
	lockorder_print(f, locks);
	fclose(f);
}

/* -- the deadlock itself -- */

static void *remover_main(void *arg)
{
	struct device *dev = arg;
	struct driver drv = {.name = "dma_api"};
	_Atomic(uint64_t) *removes = &port.removes;

	for (;;) {
		bus_probe(&impl, dev, &drv, BUS_FAIL_NONE, BUS_PATH_PROBE);
		bus_remove(&impl, dev, BUS_PATH_PROBE);
		atomic_fetch_add_explicit(removes, 1, memory_order_relaxed);
	}
	return NULL;
}

/* Returns the seconds until removes stop making progress for one second, or 0 if they do not
 * stop within `seconds`. */
static double watch_removes(double seconds, uint64_t *removes)
{
	const uint64_t start = clock_ns();
	uint64_t last = 0, moved = start, now = start;

	while ((double)(now - start) * 1e-9 < seconds + 1) {
		uint64_t done;

		poll(NULL, 0, 5);
		now = clock_ns();
		done = atomic_load_explicit(&port.removes, memory_order_relaxed);
		if (done != last)
			moved = now;
		last = *removes = done;
		if (now - moved > 1000000000)
			return (double)(moved - start) * 1e-9;
	}
	return 0;
}

/* Starts threads that may deadlock. They are never joined, as the process exits soon afterwards. */
static int hang_removes(
    const struct model *model, double seconds, double *after, uint64_t *removes, struct error *err)
{
	for (int d = 0; d < DEVICES; d++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, remover_main, model->devices[d]))
			return error_set(err, "cannot start a thread");
	}
	*after = watch_removes(seconds, removes);
	return 0;
}

/* -- with trylock -- */

struct tries {
	const struct model *model;
	_Atomic(bool) stop;
};

/* Probes and removes a managed driver, which owns nothing. Every claim should therefore be
 * granted. */
static void *manager_main(void *arg)
{
	struct tries *t = arg;
	struct driver drv = {.name = "vfio-pci", .driver_managed_dma = true};

	while (!atomic_load_explicit(&t->stop, memory_order_relaxed)) {
		bus_probe(&impl, t->model->devices[0], &drv, BUS_FAIL_NONE, BUS_PATH_PROBE);
		bus_remove(&impl, t->model->devices[0], BUS_PATH_PROBE);
	}
	return NULL;
}

/* Walks the group as a claim with trylock would. Returns whether the claim must be refused, because
 * some device is locked. */
static bool claim_refused(const struct model *model)
{
	bool refused = false;

	for (int d = 0; d < DEVICES && !refused; d++) {
		struct device *dev = model->devices[d];

		refused = pthread_mutex_trylock(&to_bus_device(dev)->lock) != 0;
		if (!refused)
			device_unlock(dev);
	}
	return refused;
}

static int try_claims(const struct model *model, double seconds, uint64_t *refused,
    uint64_t *claims, struct error *err)
{
	struct tries tries = {.model = model};
	const uint64_t end = clock_ns() + (uint64_t)(seconds * 1e9);
	pthread_t thread;

	*refused = *claims = 0;
	if (pthread_create(&thread, NULL, manager_main, &tries))
		return error_set(err, "cannot start a thread");
	while (clock_ns() < end && *claims < MAX_CLAIMS) {
		*refused += claim_refused(model);
		++*claims;
	}
	atomic_store_explicit(&tries.stop, true, memory_order_relaxed);
	pthread_join(thread, NULL);
	return 0;
}

static int run_c8(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	uint64_t refused, claims, removes = 0;
	struct topology topology;
	static struct model model; /* static: deadlocked threads still use it */
	static struct explore_result order;
	double after = 0;
	bool cycle;

	if (topology_uniform(1, DEVICES, &topology, err) ||
	    model_create(&model, &impl, &topology, err))
		return -1;
	port.model = &model;
	if (watch_order(&order, err) ||
	    try_claims(&model, options->seconds / 4, &refused, &claims, err) ||
	    hang_removes(&model, options->seconds / 2, &after, &removes, err))
		return -1;
	cycle = order.faults & FAULT_LOCK_ORDER;
	report_order(&order.locks, result);
	claim_figure(result, "lock order in %" PRIu64 " execution of one thread: %s%s",
	    order.executions,
	    cycle ? "device_lock 0 before 1 and 1 before 0, which is a cycle" : "no cycle",
	    order.faults & FAULT_DEADLOCK ? "" : ", without a deadlock");
	if (after > 0)
		claim_figure(result,
		    "two threads that remove siblings stopped making progress after %.3g s and "
		    "%" PRIu64 " removes",
		    after, removes);
	else
		claim_figure(result, "no deadlock was seen in %" PRIu64 " removes", removes);
	claim_value(result, claims ? (double)refused * 1e6 / (double)claims : NAN, NAN, NAN,
	    "claims refused without cause, per million, with trylock");
	claim_figure(result,
	    "with trylock instead of device_lock, %.0f of a million claims are refused while a "
	    "driver that owns nothing is probed and removed",
	    result->value);
	result->verdict = rule_witness(cycle, true, CLAIM_CONFIRMED, CLAIM_REFUTED);
	return 0;
}

const struct claim claim_c8 = {
    .id = "C8",
    .text = "Taking device_lock for the walk deadlocks",
    .where = MAILS_OF_FEB_2022,
    .rule = "One thread removes both devices of a group, which cannot deadlock. Confirmed if the "
	    "lock-order checker finds a cycle in the order in which this thread takes the devices' "
	    "locks. Refuted if it finds none.",
    .command = "ownbench claims --only=C8",
    .run = run_c8,
};
