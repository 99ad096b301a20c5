/* SPDX-License-Identifier: MIT */
/* The engine's family "configure": devices whose state several threads set up at once. */
#ifndef HARNESS_CONFIGURE_CONFIGURE_H
#define HARNESS_CONFIGURE_CONFIGURE_H

#include "configure/configure.h"
#include "harness/measure/engine.h"

extern const struct family family_configure;

/* Ways in which a thread touches a fresh device. */
enum configure_act {
	CONFIGURE_PROBE,    /* touches it as a driver's probe does, holding the device's lock */
	CONFIGURE_BY_HAND,  /* touches it as another device's driver does, without the lock */
	CONFIGURE_ANNOUNCE, /* adds the device, and then touches it without the lock */
	CONFIGURE_AWAIT,    /* waits until the device is added, and then probes it */
	CONFIGURE_ACTS,
};

enum { CONFIGURE_GIVEN = 8 }; /* states of one device that a history tells apart */

/* Indices into run_result.figures. */
enum configure_figure {
	CONFIGURE_TOUCHES, /* races: number of devices; otherwise: number of touches */
	CONFIGURE_DOUBLES, /* races: devices for which more than one state was set up */
	CONFIGURE_REPORTS, /* touches reported by an assertion that the lock is held */
};

/* The objects of a run, in place of struct model. */
struct configure {
	const struct configure_ops *ops;
	struct iommu_device **devices;
	size_t nr_devices;
	/* Thread t has nr_devices touchers, one for each device, starting at t * nr_devices. */
	struct toucher *touchers;
	/* The last state that each toucher got, indexed like `touchers`. NULL: none yet. In races,
	 * NULL also stands for an incomplete state. */
	struct iommu_state **seen;
	unsigned int nr_threads;
	/* CHECK_HISTORY: the states of each device. State i has the id i + 1. */
	const struct iommu_state *(*given)[CONFIGURE_GIVEN];
};

/* A worker's context: a thread that touches its devices again and again. */
struct configure_worker {
	struct configure *configure;
	struct toucher *touchers;  /* this thread's touchers, indexed by device */
	struct iommu_state **seen; /* the last state that each of these touchers got */
	size_t next;               /* index of the device to touch next */
	uint64_t incomplete;       /* touches that returned an incomplete state */
};

#endif
