// SPDX-License-Identifier: MIT
#include <linux/iommu.h>
#include <linux/module.h>
#include <linux/property.h>
#include <linux/slab.h>

#include "harness/kernel/iommu.h"

static struct iommu_device iommu_device;

static int domain_attach(struct iommu_domain *domain, struct device *dev)
{
	return 0;
}

#if BUS_HAS_IOMMU

static void domain_detach(struct iommu_domain *domain, struct device *dev)
{
}

static void domain_free(struct iommu_domain *domain)
{
	kfree(domain);
}

static const struct iommu_domain_ops domain_ops = {
	.attach_dev = domain_attach,
	.detach_dev = domain_detach,
	.free = domain_free,
};

static struct iommu_domain *domain_alloc(unsigned int type)
{
	return kzalloc(sizeof(struct iommu_domain), GFP_KERNEL);
}

const struct iommu_ops iommu_ops = {
	.domain_alloc = domain_alloc,
	.default_domain_ops = &domain_ops,
	.owner = THIS_MODULE,
};

int iommu_register(struct device *parent)
{
	iommu_device.ops = &iommu_ops;
	return 0;
}

void iommu_unregister(void)
{
}

struct iommu_group *iommu_group_create(struct platform_device **anchor)
{
	*anchor = NULL;
	return iommu_group_alloc();
}

void iommu_group_destroy(struct iommu_group *group, struct platform_device *anchor)
{
	iommu_group_put(group);
}

#else

/*
 * When a user releases a group, the kernel attaches the group's default domain. It sets this domain
 * when it adds the first device, which it does for devices of the platform bus, but not of our bus.
 * Each group therefore has an anchor: a platform device without a driver, which never owns the
 * group.
 */
static struct device *anchor_parent;

static const struct iommu_domain_ops domain_ops = { .attach_dev = domain_attach };

static struct iommu_domain identity_domain = {
	.type = IOMMU_DOMAIN_IDENTITY,
	.ops = &domain_ops,
};

static struct iommu_domain blocked_domain = {
	.type = IOMMU_DOMAIN_BLOCKED,
	.ops = &domain_ops,
};

static struct iommu_device *probe_device(struct device *dev)
{
	return &iommu_device;
}

const struct iommu_ops iommu_ops = {
	.probe_device = probe_device,
	.device_group = generic_device_group,
	.default_domain = &identity_domain,
	.blocked_domain = &blocked_domain,
	.owner = THIS_MODULE,
};

/* Only our anchors refer to this firmware node, so the kernel offers us no other device. */
int iommu_register(struct device *parent)
{
	struct fwnode_handle *fwnode = fwnode_create_software_node(NULL, NULL);
	int ret;

	if (IS_ERR(fwnode))
		return PTR_ERR(fwnode);
	anchor_parent = parent;
	iommu_device.fwnode = fwnode;
	ret = iommu_device_sysfs_add(&iommu_device, parent, NULL, "ownbench");
	if (ret)
		goto remove_node;
	ret = iommu_device_register(&iommu_device, &iommu_ops, NULL);
	if (ret)
		goto remove_sysfs;
	return 0;

remove_sysfs:
	iommu_device_sysfs_remove(&iommu_device);
remove_node:
	fwnode_remove_software_node(fwnode);
	return ret;
}

void iommu_unregister(void)
{
	iommu_device_unregister(&iommu_device);
	iommu_device_sysfs_remove(&iommu_device);
	fwnode_remove_software_node(iommu_device.fwnode);
}

struct iommu_group *iommu_group_create(struct platform_device **anchor)
{
	struct platform_device *made =
		platform_device_alloc("ownbench-anchor", PLATFORM_DEVID_AUTO);
	struct iommu_group *group;
	int ret;

	if (!made)
		return ERR_PTR(-ENOMEM);
	made->dev.parent = anchor_parent;
	ret = iommu_fwspec_init(&made->dev, iommu_device.fwnode);
	if (!ret)
		ret = platform_device_add(made);
	if (ret) {
		iommu_fwspec_free(&made->dev);
		platform_device_put(made);
		return ERR_PTR(ret);
	}
	group = iommu_group_get(&made->dev);
	if (!group) {
		platform_device_unregister(made);
		return ERR_PTR(-ENODEV);
	}
	*anchor = made;
	return group;
}

void iommu_group_destroy(struct iommu_group *group, struct platform_device *anchor)
{
	iommu_group_put(group);
	platform_device_unregister(anchor);
}

#endif

int iommu_add(struct iommu_group *group, struct bus_device *dev)
{
	int ret;

	dev->real.iommu = kzalloc(sizeof(*dev->real.iommu), GFP_KERNEL);
	if (!dev->real.iommu)
		return -ENOMEM;
	mutex_init(&dev->real.iommu->lock);
	dev->real.iommu->iommu_dev = &iommu_device;
	ret = iommu_group_add_device(group, &dev->real);
	if (ret) {
		kfree(dev->real.iommu);
		dev->real.iommu = NULL;
	}
	return ret;
}

void iommu_remove(struct bus_device *dev)
{
	struct dev_iommu *iommu = dev->real.iommu;

	if (!iommu)
		return;
	/*
	 * If dev->iommu is set, kernels since 6.5 undo their own probe. This device never had one,
	 * so they would drop a reference to the module that was never taken.
	 */
	dev->real.iommu = NULL;
	iommu_group_remove_device(&dev->real);
	kfree(iommu);
}
