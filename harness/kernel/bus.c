// SPDX-License-Identifier: MIT
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/version.h>

#include "harness/kernel/bus.h"
#include "harness/kernel/iommu.h"
#include "harness/kernel/violation.h"

enum { USER_SHIFT = 32 };

static struct device *root;

static struct bus_device *real_to_bus_device(struct device *dev)
{
	return container_of(dev, struct bus_device, real);
}

int bus_use(struct bus_device *dev)
{
	u64 start = ktime_get_ns();
	int ret = dev->ops->use_default_domain(&dev->impl);

	dev->owning_ns += ktime_get_ns() - start;
	dev->owning_calls++;
	return ret;
}

void bus_unuse(struct bus_device *dev)
{
	u64 start = ktime_get_ns();
	int ret = dev->ops->unuse_default_domain(&dev->impl);

	dev->owning_ns += ktime_get_ns() - start;
	dev->owning_calls++;
	if (ret)
		violation("group %u: the design refused a driver's release as unpaired (%d)",
			  dev->group->index, ret);
}

/* Matches no driver, so nothing is bound automatically. device_driver_attach() needs no match. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
static int bus_match(struct device *real, const struct device_driver *drv)
#else
static int bus_match(struct device *real, struct device_driver *drv)
#endif
{
	return 0;
}

static int bus_dma_configure(struct device *real)
{
	struct bus_device *dev = real_to_bus_device(real);

	if (dev->fail == BUS_FAIL_CONFIGURE)
		return -ENXIO;
	return bus_use(dev);
}

static void bus_dma_cleanup(struct device *real)
{
	bus_unuse(real_to_bus_device(real));
}

static struct bus_type bus_type = {
	.name = "ownbench",
	.match = bus_match,
	.dma_configure = bus_dma_configure,
	.dma_cleanup = bus_dma_cleanup,
#if BUS_HAS_IOMMU
	.iommu_ops = &iommu_ops,
#endif
};

void witness_driver_enters(struct bus_device *dev)
{
	struct bus_group *group = dev->group;
	u64 cell = atomic64_fetch_add_relaxed(1, &group->witness);

	if (cell >> USER_SHIFT)
		violation("group %u: device %s was bound while user %llu owned the group",
			  group->index, dev_name(&dev->real), cell >> USER_SHIFT);
}

void witness_driver_leaves(struct bus_device *dev)
{
	atomic64_sub(1, &dev->group->witness);
}

void witness_user_enters(struct bus_group *group, unsigned int user)
{
	u64 cell = atomic64_fetch_add_relaxed((u64)user << USER_SHIFT, &group->witness);

	if (cell >> USER_SHIFT)
		violation("group %u: user %u's claim was granted while user %llu owned the group",
			  group->index, user, cell >> USER_SHIFT);
	else if (cell)
		violation("group %u: user %u's claim was granted while %llu drivers were bound",
			  group->index, user, cell);
}

void witness_user_leaves(struct bus_group *group, unsigned int user)
{
	atomic64_sub((u64)user << USER_SHIFT, &group->witness);
}

/* Sleeps during a remove, as free_irq() may, so that two removes can overlap even on one CPU. */
static void driver_devm_action(void *arg)
{
	fsleep(*(unsigned int *)arg);
}

static int driver_probe(struct device *real)
{
	struct bus_device *dev = real_to_bus_device(real);
	int ret;

	switch (dev->fail) {
	case BUS_FAIL_DRIVER:
		return -ENODEV;
	case BUS_FAIL_DEFER:
		return -EPROBE_DEFER;
	default:
		break;
	}
	if (dev->devm_us) {
		ret = devm_add_action(real, driver_devm_action, &dev->devm_us);
		if (ret)
			return ret;
	}
	witness_driver_enters(dev);
	return 0;
}

static int driver_remove(struct device *real)
{
	witness_driver_leaves(real_to_bus_device(real));
	return 0;
}

static struct bus_driver bus_driver = {
	.platform.driver = {
		.name = "ownbench",
		.owner = THIS_MODULE,
		.bus = &bus_type,
		.probe = driver_probe,
		.remove = driver_remove,
		.suppress_bind_attrs = true, /* no bind and unbind files in sysfs: only runs bind */
	},
	.impl.name = "ownbench",
};

static int bus_notify(struct notifier_block *nb, unsigned long event, void *real)
{
	static const enum bus_event events[] = {
		[BUS_NOTIFY_BOUND_DRIVER] = IMPL_BOUND_DRIVER,
		[BUS_NOTIFY_DRIVER_NOT_BOUND] = IMPL_DRIVER_NOT_BOUND,
		[BUS_NOTIFY_UNBOUND_DRIVER] = IMPL_UNBOUND_DRIVER,
	};
	struct bus_device *dev = real_to_bus_device(real);

	if (!dev->ops->notify)
		return NOTIFY_DONE;
	switch (event) {
	case BUS_NOTIFY_BOUND_DRIVER:
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
	case BUS_NOTIFY_UNBOUND_DRIVER:
		dev->ops->notify(&dev->impl, events[event]);
	}
	return NOTIFY_OK;
}

static struct notifier_block bus_notifier = { .notifier_call = bus_notify };

int bus_bind(struct bus_device *dev)
{
	return device_driver_attach(&bus_driver.platform.driver, &dev->real);
}

void bus_unbind(struct bus_device *dev)
{
	device_release_driver(&dev->real);
}

void bus_set_driver(struct bus_device *dev, bool bound)
{
	struct device_driver *drv = bound ? &bus_driver.platform.driver : NULL;

	/* release: pairs with the acquire in bus_device_driver(). */
	smp_store_release(&dev->real.driver, drv);
}

static void bus_device_release(struct device *real)
{
	kfree(real_to_bus_device(real));
}

/* Creates an unbound device, registers it and adds it to its group. Returns it, or an ERR_PTR. */
static struct bus_device *bus_device_create(const struct impl_ops *ops, struct bus_group *group,
					    unsigned int index)
{
	struct bus_device *dev = kzalloc(sizeof(*dev) + ops->device_size, GFP_KERNEL);
	int ret;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	dev->group = group;
	dev->ops = ops;
	dev->impl.group = group->impl;
	dev->real.bus = &bus_type;
	dev->real.parent = root;
	dev->real.release = bus_device_release;
	dev_set_name(&dev->real, "ownbench-%u.%u", group->index, index);
	ret = device_register(&dev->real);
	if (ret) {
		put_device(&dev->real);
		return ERR_PTR(ret);
	}
	ops->device_add(group->impl, &dev->impl);
	return dev;
}

static void bus_device_destroy(struct bus_device *dev)
{
	dev->ops->device_remove(dev->group->impl, &dev->impl);
	device_unregister(&dev->real);
}

static int bus_group_init(struct bus_group *group, const struct impl_ops *ops, unsigned int index)
{
	int ret;

	atomic64_set(&group->witness, 0);
	group->index = index;
	group->impl = kzalloc(sizeof(*group->impl) + ops->group_size, GFP_KERNEL);
	if (!group->impl)
		return -ENOMEM;
	ret = ops->group_init ? ops->group_init(group->impl) : 0;
	if (ret)
		kfree(group->impl);
	return ret;
}

static void bus_group_destroy(struct bus_group *group, const struct impl_ops *ops)
{
	if (ops->group_destroy)
		ops->group_destroy(group->impl);
	kfree(group->impl);
}

/* Destroys the bus's first nr_devices devices and nr_groups groups. No others were created. */
static void bus_destroy(struct bus *bus, unsigned int nr_groups, unsigned int nr_devices)
{
	while (nr_devices)
		bus_device_destroy(bus->devices[--nr_devices]);
	while (nr_groups)
		bus_group_destroy(&bus->groups[--nr_groups], bus->ops);
	kvfree(bus->devices);
	kvfree(bus->groups);
}

int bus_populate(struct bus *bus, const struct impl_ops *ops, unsigned int nr_groups,
		 unsigned int per_group)
{
	unsigned int g = 0, d = 0;
	int ret = 0;

	bus->ops = ops;
	bus->nr_groups = nr_groups;
	bus->per_group = per_group;
	bus->groups = kvcalloc(nr_groups, sizeof(*bus->groups), GFP_KERNEL);
	bus->devices = kvcalloc(nr_groups * per_group, sizeof(*bus->devices), GFP_KERNEL);
	if (!bus->groups || !bus->devices)
		ret = -ENOMEM;
	for (; !ret && g < nr_groups; g += !ret)
		ret = bus_group_init(&bus->groups[g], ops, g);
	for (; !ret && d < nr_groups * per_group; d += !ret) {
		bus->devices[d] =
			bus_device_create(ops, &bus->groups[d / per_group], d % per_group);
		ret = PTR_ERR_OR_ZERO(bus->devices[d]);
	}
	if (ret)
		bus_destroy(bus, g, d);
	return ret;
}

void bus_depopulate(struct bus *bus)
{
	bus_destroy(bus, bus->nr_groups, bus->nr_groups * bus->per_group);
}

int bus_renew_group(struct bus *bus, struct bus_group *group)
{
	struct bus_device **devices = &bus->devices[group->index * bus->per_group];
	const struct impl_ops *ops = bus->ops;
	struct bus_group renewed;
	int ret = bus_group_init(&renewed, ops, group->index);

	if (ret)
		return ret;
	for (unsigned int d = 0; d < bus->per_group; d++) {
		struct impl_device *dev = &devices[d]->impl;

		ops->device_remove(group->impl, dev);
		memset(dev->state, 0, ops->device_size);
		dev->group = renewed.impl;
		ops->device_add(renewed.impl, dev);
	}
	bus_group_destroy(group, ops);
	group->impl = renewed.impl;
	return 0;
}

int bus_register_all(void)
{
	int ret = bus_register(&bus_type);

	if (ret)
		return ret;
	root = root_device_register("ownbench");
	ret = PTR_ERR_OR_ZERO(root);
	if (ret)
		goto unregister_bus;
	ret = iommu_register(root);
	if (ret)
		goto unregister_root;
	ret = bus_register_notifier(&bus_type, &bus_notifier);
	if (ret)
		goto unregister_iommu;
	ret = driver_register(&bus_driver.platform.driver);
	if (ret)
		goto unregister_notifier;
	return 0;

unregister_notifier:
	bus_unregister_notifier(&bus_type, &bus_notifier);
unregister_iommu:
	iommu_unregister();
unregister_root:
	root_device_unregister(root);
unregister_bus:
	bus_unregister(&bus_type);
	return ret;
}

void bus_unregister_all(void)
{
	driver_unregister(&bus_driver.platform.driver);
	bus_unregister_notifier(&bus_type, &bus_notifier);
	iommu_unregister();
	root_device_unregister(root);
	bus_unregister(&bus_type);
}
