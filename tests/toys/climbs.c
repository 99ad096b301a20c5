/* SPDX-License-Identifier: MIT */
/* A probe climbs from a leaf to the root, which is its own parent. Only the arguments of the
 * compare-and-swap differ from one step to the next: the loop moves on, and does not wait. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

struct node {
	_Atomic(struct node *) parent;
};

static int climbs_use(struct device *dev)
{
	struct node *nodes = (struct node *)(mutex_count(dev->group) + 1), *root = &nodes[2];
	struct node *node;

	atomic_store_explicit(&nodes[0].parent, &nodes[1], memory_order_relaxed);
	atomic_store_explicit(&nodes[1].parent, root, memory_order_relaxed);
	atomic_store_explicit(&root->parent, root, memory_order_relaxed);
	node = atomic_load_explicit(&nodes[0].parent, memory_order_relaxed);
	while (!atomic_compare_exchange_strong_explicit(
	    &node->parent, &node, root, memory_order_relaxed, memory_order_relaxed))
		;
	return mutex_count_use(dev);
}

#define USE climbs_use
#define MORE (3 * sizeof(struct node))
#include "table.h"
