/* SPDX-License-Identifier: MIT */
/* Devices whose state several contexts set up at once, as the engine's family "configure". */
#ifndef HARNESS_CONFIGURE_CONFIGURE_H
#define HARNESS_CONFIGURE_CONFIGURE_H

#include "configure/configure.h"
#include "harness/measure/engine.h"

extern const struct family family_configure;

/* What a context does to a device that is fresh. */
enum configure_act {
	CONFIGURE_PROBE,    /* a driver's probe, under the device's lock */
	CONFIGURE_BY_HAND,  /* another device's driver, without it */
	CONFIGURE_ANNOUNCE, /* the same, to a device that it adds just then */
	CONFIGURE_AWAIT,    /* a probe, as soon as the device is added */
	CONFIGURE_ACTS,
};

enum { CONFIGURE_GIVEN = 8 };

/* In run_result.figures. */
enum configure_figure {
	CONFIGURE_TOUCHES, /* devices that were raced for, or touches of all the run, */
	CONFIGURE_DOUBLES, /* states that were set up beside another of the same device, */
	CONFIGURE_REPORTS, /* and touches that a lock's assertion reported */
};

/* What a run has in place of the model. */
struct configure {
	const struct configure_ops *ops;
	struct iommu_device **devices;
	size_t nr_devices;
	struct toucher *touchers;  /* of thread t: nr_devices from t * nr_devices */
	struct iommu_state **seen; /* what each was given; NULL: a state that was not complete */
	unsigned int nr_threads;
	/* CHECK_HISTORY: the states of a device, as ids from 1; some, of which one is right. */
	const struct iommu_state *(*given)[CONFIGURE_GIVEN];
};

/* A worker's context: a thread that touches devices which are set up. */
struct configure_worker {
	struct configure *configure;
	struct toucher *touchers;  /* its own, */
	struct iommu_state **seen; /* and what they were given last */
	size_t next;
	uint64_t incomplete; /* states that were not */
};

#endif
