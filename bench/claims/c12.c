/* SPDX-License-Identifier: MIT */
/* C12: whether each exit of probe and remove runs the cleanup, the notifier, or both. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/claims/claim.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

/* The calls that one exit of probe or remove made. The implementation below only counts them. */
struct scribe {
	unsigned int cleanups;
	unsigned int notified; /* calls of the notifier with UNBOUND_DRIVER or DRIVER_NOT_BOUND */
	bool refuses;
	bool cleared; /* dev->driver was NULL when the notifier ran */
};

static struct scribe *scribe_of(struct device *dev)
{
	return (struct scribe *)dev->state;
}

static int scribe_use(struct device *dev)
{
	return scribe_of(dev)->refuses ? -EBUSY : 0;
}

static int scribe_unuse(struct device *dev)
{
	scribe_of(dev)->cleanups++;
	return 0;
}

static void scribe_notify(struct device *dev, enum bus_event event)
{
	if (event == BUS_NOTIFY_BOUND_DRIVER)
		return;
	scribe_of(dev)->notified++;
	scribe_of(dev)->cleared = !atomic_load(&dev->driver);
}

static void scribe_add(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void scribe_remove(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static const struct impl_ops impl = {
    .device_size = sizeof(struct scribe),
    .device_add = scribe_add,
    .device_remove = scribe_remove,
    .use_default_domain = scribe_use,
    .unuse_default_domain = scribe_unuse,
    .notify = scribe_notify,
};

static const struct bus_exit {
	const char *name;
	enum bus_fail fail;
	bool refused, remove, managed;
} exits[] = {
    {"pinctrl", .fail = BUS_FAIL_PINCTRL},
    {"dma_configure", .fail = BUS_FAIL_CONFIGURE},
    {"EBUSY", .refused = true},
    {"driver's probe", .fail = BUS_FAIL_DRIVER},
    {"remove", .remove = true},
    {"managed driver's probe", .fail = BUS_FAIL_DRIVER, .managed = true},
    {"managed driver's remove", .remove = true, .managed = true},
};
enum { NR_EXITS = sizeof(exits) / sizeof(exits[0]) };

static struct scribe leave_by(const struct bus_exit *exit, struct device *dev)
{
	struct driver drv = {.name = "drv", .driver_managed_dma = exit->managed};

	*scribe_of(dev) = (struct scribe){.refuses = exit->refused};
	bus_probe(&impl, dev, &drv, exit->fail, BUS_PATH_PROBE);
	if (exit->remove)
		bus_remove(&impl, dev, BUS_PATH_PROBE);
	return *scribe_of(dev);
}

static int run_c12(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	struct topology topology;
	struct model model;
	unsigned int differ = 0, late = 0;

	(void)options;
	if (topology_uniform(1, 1, &topology, err) || model_create(&model, &impl, &topology, err))
		return -1;
	for (int i = 0; i < NR_EXITS; i++) {
		struct scribe did = leave_by(&exits[i], model.devices[0]);

		/* Exits of managed drivers do not count for the verdict: their notifier runs
		 * without a cleanup, and has to check driver_managed_dma itself. */
		differ += !exits[i].managed && did.cleanups != did.notified;
		late += !exits[i].managed && did.notified && did.cleared;
		claim_figure(result, "%s: %s, %s", exits[i].name,
		    did.cleanups ? "cleanup" : "no cleanup",
		    !did.notified ? "no notifier"
		    : did.cleared ? "UNBOUND, pointer cleared"
				  : "NOT_BOUND");
	}
	claim_figure(result, "the notifier also runs for a managed driver, so it must check "
			     "driver_managed_dma itself");
	claim_figure(
	    result, "exits where the notifier runs after the pointer is cleared: %u", late);
	claim_value(
	    result, differ, NAN, NAN, "exits (of 5) that run only one of cleanup and notifier");
	result->verdict = rule_witness(differ, true, CLAIM_REFUTED, CLAIM_CONFIRMED);
	model_destroy(&model);
	topology_free(&topology);
	return 0;
}

const struct claim claim_c12 = {
    .id = "C12",
    .text = "Notifiers on UNBOUND and NOT_BOUND are equivalent to the dma_cleanup callback",
    .where = MAIL_MURPHY_2022_02_22,
    .rule = "Each exit of a DMA-API driver's probe and remove is run through the model of "
	    "really_probe(). Confirmed if a notifier fires at each exit that runs the cleanup and "
	    "at no other, though perhaps at another moment (see C4). Refuted if some exit runs "
	    "only one of the two.",
    .command = "ownbench claims --only=C12",
    .run = run_c12,
};
