/* SPDX-License-Identifier: MIT */
/* Scenarios: what a few threads do, as one line of text for each thread. */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/explore/clock.h"

/*
 * A thread is a sequence of
 *
 *	probe:D           a DMA-API driver probes device D (0..3)
 *	probe-pinctrl:D   the same; the pinctrl step fails, before the ownership is touched
 *	probe-fail:D      the same; the driver's own probe fails
 *	probe-managed:D   a driver_managed_dma driver probes D
 *	probe-unlocked:D  as probe:D, by a caller who does not take the device_lock that he owes
 *	remove:D          if the probe of D by this thread succeeded
 *	claim:O           user O (A or B) claims the group
 *	claim:D:O         the same through device D
 *	release           what this thread claimed last and has not released, if anything
 *	claimed           asks
 *	add:D, del:D      hotplug; a device that is added somewhere is not there at the start
 *
 * Devices 0 and 1 are near each other, where an implementation looks at that, and so are 2 and 3.
 * A device that more than one thread probes or removes has its device_lock taken; of the others'
 * only the order is looked at, and who holds it (harness/check/lockorder.h).
 */
struct scenario {
	const char *name;
	const char *summary;
	const char *threads[MAX_THREADS];
};

extern const struct scenario scenarios[]; /* ends with a NULL name */

const struct scenario *scenario_find(const char *name);

enum { MAX_DEVICES = 4, MAX_ACTIONS = 12 };

enum action_kind {
	ACTION_PROBE,
	ACTION_PROBE_PINCTRL,
	ACTION_PROBE_FAIL,
	ACTION_PROBE_MANAGED,
	ACTION_PROBE_UNLOCKED,
	ACTION_REMOVE,
	ACTION_CLAIM,
	ACTION_DEVICE_CLAIM,
	ACTION_RELEASE,
	ACTION_CLAIMED,
	ACTION_ADD,
	ACTION_DEL,
};

struct action {
	enum action_kind kind;
	int device;
	int owner; /* 1: A, 2: B */
};

struct script {
	int n_threads, n_devices;
	int n_actions[MAX_THREADS];
	struct action actions[MAX_THREADS][MAX_ACTIONS];
	bool present[MAX_DEVICES]; /* at the start */
	bool locked[MAX_DEVICES];  /* takes device_lock */
};

int scenario_parse(const struct scenario *scenario, struct script *plan, struct error *err);

#endif
