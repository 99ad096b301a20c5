/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a refused claim makes the group CENTRAL if claims are
 * frequent, although drivers are counted in shards or slots. The next claim looks at the word alone
 * and is granted beside them.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a refused claim can make the group CENTRAL"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE central_while_driven_take
#include "device_slots.h"

static int central_while_driven_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	const int ret = device_slots_take(group, owner);
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	if (ret && mode_of(seen) == SHARDED && device_slots_claims_frequent(g))
		device_slots_widen(g, seen, word_as(seen, CENTRAL));
	return ret;
}
