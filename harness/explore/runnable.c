/* SPDX-License-Identifier: MIT */
#include "harness/explore/runnable.h"

#include "harness/explore/messages.h"
#include "harness/explore/store_buffer.h"

/* Returns true if a step can proceed that blocks until its location changes (ACCESS_TAKE and later
 * kinds). */
static bool can_take(const struct thread *t, const struct access *a)
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

static bool accesses_messages(const struct machine *m, const struct access *a)
{
	return m->model == MODEL_RC11 && access_has_messages(a);
}

static bool can_move(struct machine *m, const struct thread *t)
{
	const struct access *a = &t->pending;

	if (a->drains && !store_buffer_empty(t))
		return false;
	if (a->kind == ACCESS_LOCK)
		return !memory_read(a->addr, a->size);
	if (a->kind == ACCESS_WAIT_END)
		return !t->waits_for;
	if (a->kind >= ACCESS_TAKE)
		return can_take(t, a);
	if (t->awaits.any && accesses_messages(m, a))
		return messages_picks(m, t, a);
	return a->kind != ACCESS_DONE;
}

/* RC11: returns a mask of the threads whose membarrier waits for an interrupt of `thread`. */
static unsigned int interrupters(const struct machine *m, int thread)
{
	unsigned int waiters = 0;

	if (m->model != MODEL_RC11)
		return 0;
	for (int i = 0; i < m->n_threads; i++)
		if (m->threads[i].wait == WAIT_FENCES)
			waiters |= (m->threads[i].waits_for >> thread & 1) << i;
	return waiters;
}

unsigned int machine_enabled(struct machine *m)
{
	unsigned int enabled = 0;

	for (int i = 0; i < m->n_threads; i++) {
		const struct thread *t = &m->threads[i];

		enabled |= (unsigned int)can_move(m, t) << i;
		if (!store_buffer_empty(t) || interrupters(m, i))
			enabled |= 1u << machine_buffer_of(i);
	}
	return enabled;
}

bool machine_all_done(const struct machine *m)
{
	for (int t = 0; t < m->n_threads; t++)
		if (m->threads[t].pending.kind != ACCESS_DONE)
			return false;
	return true;
}

uint64_t machine_picks(struct machine *m, int proc)
{
	const struct thread *t = &m->threads[proc % MAX_THREADS];

	if (m->model == MODEL_RC11 && !machine_is_thread(proc))
		return interrupters(m, t->id);
	return accesses_messages(m, &t->pending) ? messages_picks(m, t, &t->pending) : 1;
}

unsigned int machine_first_pick(struct machine *m, int proc, uint64_t picks)
{
	const struct access *a = &m->threads[proc % MAX_THREADS].pending;

	if (machine_is_thread(proc) && accesses_messages(m, a))
		return messages_newest(m, a, picks);
	return (unsigned int)__builtin_ctzll(picks);
}

static void rc11_event(const struct access *a, enum event_kind *kind, uint16_t *loc)
{
	if (access_has_messages(a)) {
		*kind = EVENT_MESSAGE;
		*loc = a->loc;
	} else if (a->kind == ACCESS_WORK || a->kind == ACCESS_MEMBARRIER) {
		*kind = EVENT_LOCAL; /* conflicts only with interrupts */
		*loc = LOC_NONE;
	}
}

void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc)
{
	static const struct {
		uint8_t kind;
		uint16_t loc; /* LOC_NONE: use the location of the access */
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
	    [ACCESS_PLAIN_LOAD] = {EVENT_READ, LOC_NONE},
	    [ACCESS_PLAIN_STORE] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_FREE] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_RENEW] = {EVENT_WRITE, LOC_NONE},
	};
	const struct thread *t = &m->threads[proc % MAX_THREADS];
	const struct access *a = &t->pending;

	if (!machine_is_thread(proc)) {
		const bool interrupt = m->model == MODEL_RC11;

		*kind = interrupt ? EVENT_INTERRUPT : store_buffer_event(store_buffer_oldest(t));
		*loc = *kind == EVENT_WRITE ? store_buffer_oldest(t)->loc : LOC_NONE;
		return;
	}
	*kind = (enum event_kind)events[a->kind].kind;
	*loc = events[a->kind].loc;
	if (*loc == LOC_NONE && *kind != EVENT_LOCAL)
		*loc = a->loc;
	if (m->model == MODEL_RC11)
		rc11_event(a, kind, loc);
	if (store_buffer_takes(m, a)) {
		*kind = EVENT_MARK;
		*loc = MARK_STORES;
	}
}
