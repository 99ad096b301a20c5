// SPDX-License-Identifier: MIT
#include <linux/iommu.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "harness/kernel/iommu.h"

static int domain_attach(struct iommu_domain *domain, struct device *dev)
{
	return 0;
}

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

static struct iommu_device iommu_device = { .ops = &iommu_ops };

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
	if (!dev->real.iommu)
		return;
	iommu_group_remove_device(&dev->real);
	kfree(dev->real.iommu);
	dev->real.iommu = NULL;
}
