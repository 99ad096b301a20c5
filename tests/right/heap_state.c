/* SPDX-License-Identifier: MIT */
/* Verdict: exact. The group's state is allocated, as a kernel driver does with kzalloc(). */
#include <stdlib.h>

#include "impl.h"
#include "lock/pthread_mutex.h"

struct own {
	struct heap *heap;
};

struct heap {
	struct lock mutex;
	unsigned int *count; /* also allocated */
	void *owner;
};

static inline struct heap *heap(struct group *group)
{
	return ((struct own *)group->state)->heap;
}

static int heap_init(struct group *group)
{
	struct heap *h = calloc(1, sizeof(*h));

	if (!h)
		return -ENOMEM;
	h->count = malloc(sizeof(*h->count));
	if (!h->count) {
		free(h);
		return -ENOMEM;
	}
	*h->count = 0;
	((struct own *)group->state)->heap = h;
	return lock_init(&h->mutex);
}

static void heap_destroy(struct group *group)
{
	lock_destroy(&heap(group)->mutex);
	free(heap(group)->count);
	free(heap(group));
}

static void heap_add(struct group *group, struct device *dev)
{
	lock_acquire(&heap(group)->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&heap(group)->mutex);
}

static void heap_remove(struct group *group, struct device *dev)
{
	lock_acquire(&heap(group)->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&heap(group)->mutex);
}

static int heap_get(struct group *group, void *owner, bool alone, int refused)
{
	struct heap *h = heap(group);
	int ret = 0;

	lock_acquire(&h->mutex);
	if (*h->count && (alone || h->owner != owner)) {
		ret = refused;
	} else {
		h->owner = owner;
		++*h->count;
	}
	lock_release(&h->mutex);
	return ret;
}

static int heap_put(struct group *group, bool user, bool all)
{
	struct heap *h = heap(group);
	int ret = 0;

	lock_acquire(&h->mutex);
	if (!*h->count || user != !!h->owner)
		ret = -EINVAL;
	else
		*h->count = all ? 0 : *h->count - 1;
	if (!*h->count)
		h->owner = NULL;
	lock_release(&h->mutex);
	return ret;
}

static int heap_use(struct device *dev)
{
	return heap_get(dev->group, NULL, false, -EBUSY);
}

static int heap_unuse(struct device *dev)
{
	return heap_put(dev->group, false, false);
}

static int heap_claim(struct group *group, void *owner)
{
	return owner ? heap_get(group, owner, true, -EPERM) : -EINVAL;
}

static int heap_release(struct group *group)
{
	return heap_put(group, true, true);
}

static int heap_device_claim(struct device *dev, void *owner)
{
	return owner ? heap_get(dev->group, owner, false, -EPERM) : -EINVAL;
}

static int heap_device_release(struct device *dev)
{
	return heap_put(dev->group, true, false);
}

static bool heap_claimed(struct group *group)
{
	bool claimed;

	lock_acquire(&heap(group)->mutex);
	claimed = *heap(group)->count;
	lock_release(&heap(group)->mutex);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "test: a count in allocated memory",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct own),
    .group_init = heap_init,
    .group_destroy = heap_destroy,
    .device_add = heap_add,
    .device_remove = heap_remove,
    .use_default_domain = heap_use,
    .unuse_default_domain = heap_unuse,
    .group_claim = heap_claim,
    .group_release = heap_release,
    .device_claim = heap_device_claim,
    .device_release = heap_device_release,
    .claimed = heap_claimed,
};
