/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a claim counts the drivers of a shard whatever its epoch, as
 * if additions carried none. A prober that came too late and was refused leaves its count there, so
 * all later claims are refused.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but shards have no epoch"
#define CONTROL_CLASS CLASS_LEAKY
#define CONTROL_TAKE shard_no_epoch_take
#include "device_slots.h"

static int shard_no_epoch_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);

	for (int i = 0; i < SHARDS; i++)
		if (atomic_load_explicit(&g->shards[i].word, memory_order_seq_cst) & COUNT)
			return -EPERM;
	return device_slots_take(group, owner);
}
