/* SPDX-License-Identifier: MIT */
/* A racing thread's loop over the groups of a batch. The implementation's operations are inlined
 * into this loop. */
#ifndef HARNESS_OWNERSHIP_RACE_LOOP_H
#define HARNESS_OWNERSHIP_RACE_LOOP_H

#include "harness/inline.h"
#include "harness/measure/racer.h"
#include "harness/model/driver_memory.h"
#include "harness/ownership/race.h"

/* Removes the device, then unregisters and frees its driver, which must have no other device. */
INLINE int race_unregister(const struct impl_ops *impl, struct device *dev)
{
	struct driver *drv = device_driver(dev);
	int ret = bus_remove(impl, dev, BUS_PATH_OPS);

	if (impl->drivers_must_stay)
		return ret;
	if (impl->driver_unregister)
		impl->driver_unregister(drv);
	driver_free(drv);
	return ret;
}

INLINE int race_do(const struct impl_ops *impl, struct racer *racer, size_t g, enum race_act act)
{
	struct group *group = racer->model->groups[g];
	struct device *dev = racer->model->devices[RACE_THREADS * g + racer->thread];
	struct driver *drv = racer->driver;

	switch (act) {
	case RACE_PROBE:
		return bus_probe(impl, dev, drv, BUS_FAIL_NONE, BUS_PATH_OPS);
	case RACE_PROBE_PINCTRL:
		return bus_probe(impl, dev, drv, BUS_FAIL_PINCTRL, BUS_PATH_OPS);
	case RACE_PROBE_FAILS:
		return bus_probe(impl, dev, drv, BUS_FAIL_DRIVER, BUS_PATH_OPS);
	case RACE_REMOVE:
		return bus_remove(impl, dev, BUS_PATH_OPS);
	case RACE_UNREGISTER:
		return race_unregister(impl, dev);
	case RACE_CLAIM:
		return impl->group_claim(group, racer);
	case RACE_RELEASE:
		return impl->group_release(group);
	case RACE_DEVICE_CLAIM:
		return impl->device_claim(dev, drv);
	case RACE_DEVICE_RELEASE:
		return impl->device_release(dev);
	case RACE_ACTS:
		break;
	}
	return 0;
}

INLINE void race_all(const struct impl_ops *impl, struct racer *racer, enum race_act act)
{
	for (size_t g = 0; g < racer->nr_trials; g++) {
		race_meet(&impl->about, racer);
		racer->results[g] = race_do(impl, racer, g, act);
	}
}

#endif
