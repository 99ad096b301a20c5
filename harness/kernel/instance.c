// SPDX-License-Identifier: MIT
/*
 * Defines one design. The build compiles this file once for each design, with four macros:
 * IMPL_SOURCE is the file to include, INSTANCE the object to define, INSTANCE_NAME the design's
 * name as a string, and INSTANCE_FILE the path of its file as a string.
 */
#include <linux/module.h>

#include "harness/kernel/design.h"
#include "harness/kernel/loops.h"

#include "harness/kernel/rename.h"

#ifdef OVER_LOCK
#include OVER_LOCK
#else
#include "lock/kernel/mutex.h"
#endif

#include "fence/kernel/asymmetric.h"

#include IMPL_SOURCE

#include "harness/kernel/restore.h"

static int ops_bind(struct bus_device *dev)
{
	int ret;

	bus_set_driver(dev, true);
	ret = dev->fail == BUS_FAIL_CONFIGURE ? -ENXIO : impl.use_default_domain(&dev->impl);
	if (!ret && dev->fail == BUS_FAIL_NONE) {
		witness_driver_enters(dev);
		return 0;
	}
	if (!ret) {
		impl.unuse_default_domain(&dev->impl);
		ret = -ENODEV;
	}
	bus_set_driver(dev, false);
	return ret;
}

static void ops_unbind(struct bus_device *dev)
{
	witness_driver_leaves(dev);
	if (impl.unuse_default_domain(&dev->impl))
		violation("group %u: the design refused a driver's release as unpaired",
			  dev->group->index);
	bus_set_driver(dev, false);
}

static int ops_claim(struct bus_group *group, struct worker *worker)
{
	int ret = impl.group_claim(group->impl, workload_token(worker));

	if (!ret)
		witness_user_enters(group, worker->index + 1);
	return ret;
}

static void ops_release(struct bus_group *group, struct worker *worker)
{
	witness_user_leaves(group, worker->index + 1);
	if (impl.group_release(group->impl))
		violation("group %u: the design refused user %u's release", group->index,
			  worker->index + 1);
}

static const struct depth_ops ops_depth = {
	.bind = ops_bind,
	.unbind = ops_unbind,
	.claim = ops_claim,
	.release = ops_release,
};

DEFINE_LOOPS(ops);

struct design INSTANCE = {
	.name = INSTANCE_NAME,
	.file = INSTANCE_FILE,
	.ops = &impl,
	.loops = &ops_loops,
};
