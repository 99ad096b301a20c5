/* SPDX-License-Identifier: MIT */
#include "harness/explore/store_buffer.h"

void store_buffer_push(struct machine *m, struct thread *t, const struct access *a, vclock released)
{
	if (t->count == MAX_STORES) {
		m->ending = END_CUT;
		return;
	}
	t->buffer[(t->head + t->count++) % MAX_STORES] = (struct store){.clock = m->clocks[t->id],
	    .released = released,
	    .addr = a->addr,
	    .value = a->value,
	    .site = a->site,
	    .loc = a->loc,
	    .size = a->size,
	    .unlocks = a->kind == ACCESS_UNLOCK};
	t->covered |= t->sections > 0;
}

void store_buffer_pop(struct thread *t)
{
	t->head = (t->head + 1) % MAX_STORES;
	if (--t->count == 0)
		t->covered = false;
}
