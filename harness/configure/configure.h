/* SPDX-License-Identifier: MIT */
/* The engine's family "configure": several threads set up a device's state at once. */
#ifndef HARNESS_CONFIGURE_CONFIGURE_H
#define HARNESS_CONFIGURE_CONFIGURE_H

#include "configure/configure.h"
#include "harness/measure/engine.h"

extern const struct family family_configure;

/* Ways in which a thread touches a fresh device. */
enum configure_act {
	CONFIGURE_PROBE,    /* like a driver's probe, holding the device's lock */
	CONFIGURE_BY_HAND,  /* like another device's driver, without the lock */
	CONFIGURE_ANNOUNCE, /* adds the device, then touches it without the lock */
	CONFIGURE_AWAIT,    /* waits until the device is added, then probes it */
	CONFIGURE_ACTS,
};

enum { CONFIGURE_GIVEN = 8 }; /* maximum number of states of a device that histories distinguish */

/* Indices into run_result.figures. */
enum configure_figure {
	CONFIGURE_TOUCHES, /* number of touches; in races, of devices */
	CONFIGURE_DOUBLES, /* races only: number of devices that were set up more than once */
	CONFIGURE_REPORTS, /* number of touches by threads that did not hold the asserted lock */
};

/* The objects of a run. This family uses them instead of struct model. */
struct configure {
	const struct configure_ops *ops;
	struct iommu_device **devices;
	size_t nr_devices;
	/* Thread t has one toucher per device. Its first toucher has the index t * nr_devices. */
	struct toucher *touchers;
	/* The last state that each toucher got, indexed like `touchers`. NULL: none yet. In races,
	 * NULL also stands for an incomplete state. */
	struct iommu_state **seen;
	unsigned int nr_threads;
	/* CHECK_HISTORY only: the states that each device was given. State i has the id i + 1. */
	const struct iommu_state *(*given)[CONFIGURE_GIVEN];
};

/* Context of a worker, which touches its devices again and again. */
struct configure_worker {
	struct configure *configure;
	struct toucher *touchers;  /* this thread's touchers, indexed by device */
	struct iommu_state **seen; /* the last state that each of these touchers got */
	size_t next;               /* index of the device to touch next */
	uint64_t incomplete;       /* number of touches that returned an incomplete state */
};

#endif
