/* SPDX-License-Identifier: MIT */
#include "harness/explore/runnable.h"

#include "harness/explore/hook.h"
#include "harness/explore/store_buffer.h"

/* Whether a step from ACCESS_TAKE on, which waits for a change of its location, can go on. */
static bool awaited(const struct thread *t, const struct access *a)
{
	switch (a->kind) {
	case ACCESS_TAKE:
		return memory_read(a->addr, a->size);
	case ACCESS_ALONE:
		return !memory_read(a->addr, a->size);
	case ACCESS_SHARED:
		return !(memory_read(a->addr, a->size) & WORD_ALONE);
	case ACCESS_YIELD:
		return store_buffer_read(t, a->addr, a->size) != a->expected;
	default:
		return true;
	}
}

static bool can_move(const struct thread *t)
{
	const struct access *a = &t->pending;

	if (a->drains && !store_buffer_empty(t))
		return false;
	if (a->kind == ACCESS_LOCK)
		return !((const struct lock *)a->addr)->holder;
	if (a->kind == ACCESS_WAIT_END)
		return !t->waits_for;
	if (a->kind >= ACCESS_TAKE)
		return awaited(t, a);
	return a->kind != ACCESS_DONE;
}

unsigned int machine_enabled(const struct machine *m)
{
	unsigned int enabled = 0;

	for (int i = 0; i < m->n_threads; i++) {
		const struct thread *t = &m->threads[i];

		enabled |= (unsigned int)can_move(t) << i;
		enabled |= (unsigned int)!store_buffer_empty(t) << machine_buffer_of(i);
	}
	return enabled;
}

void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc)
{
	static const struct {
		uint8_t kind;
		uint16_t loc; /* LOC_NONE: the access's */
	} events[] = {
	    [ACCESS_LOAD] = {EVENT_READ, LOC_NONE},
	    [ACCESS_STORE] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_RMW] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_CAS] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_LOCK] = {EVENT_LOCK, LOC_NONE},
	    [ACCESS_PEEK] = {EVENT_SYNC, LOC_SYNC + MARK_LOCKS},
	    [ACCESS_FENCE] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_UNLOCK] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_CALL] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_WAIT_END] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_DONE] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_WORK] = {EVENT_MARK, MARK_STORES},
	    [ACCESS_MEMBARRIER] = {EVENT_SYNC, LOC_SYNC + MARK_STORES},
	    [ACCESS_ENTER] = {EVENT_MARK, MARK_SECTIONS},
	    [ACCESS_LEAVE] = {EVENT_MARK, MARK_SECTIONS},
	    [ACCESS_WAIT] = {EVENT_SYNC, LOC_SYNC + MARK_SECTIONS},
	    [ACCESS_GIVE] = {EVENT_GIVE, LOC_NONE},
	    [ACCESS_TAKE] = {EVENT_TAKE, LOC_NONE},
	    [ACCESS_ALONE] = {EVENT_TAKE, LOC_NONE},
	    [ACCESS_SHARED] = {EVENT_SHARE, LOC_NONE},
	    [ACCESS_YIELD] = {EVENT_READ, LOC_NONE},
	    [ACCESS_FREE] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_RENEW] = {EVENT_WRITE, LOC_NONE},
	};
	const struct thread *t = &m->threads[proc % MAX_THREADS];
	const struct access *a = &t->pending;

	if (!machine_is_thread(proc)) {
		*kind = EVENT_WRITE;
		*loc = store_buffer_oldest(t)->loc;
		return;
	}
	*kind = (enum event_kind)events[a->kind].kind;
	*loc = events[a->kind].loc;
	if (*loc == LOC_NONE && *kind != EVENT_LOCAL)
		*loc = a->loc;
	if (a->kind == ACCESS_STORE && m->model == MODEL_TSO && !a->drains) {
		*kind = EVENT_MARK;
		*loc = MARK_STORES;
	}
}
