/* SPDX-License-Identifier: MIT */
#include "harness/explore/forced.h"

#include "harness/explore/memory.h"
#include "harness/explore/operation.h"
#include "harness/explore/store_buffer.h"

/* Returns true if no other thread waits for this one now, or from now on waits for what has marks
 * of this class: store buffers and work, or read-side sections. */
static bool is_unawaited(struct machine *m, enum mark_class class, int thread)
{
	for (int t = 0; t < m->n_threads; t++)
		if (m->threads[t].waits_for >> thread & 1)
			return false;
	return memory_is_sole_user(m, (uint16_t)(LOC_SYNC + class), thread);
}

/* Returns true if no other process can observe the thread's next step. The step either only waited
 * (for its store buffer or for other threads), or releases a lock, or accesses a location that no
 * other thread is known to access from now on, or only matters to waits that no other thread is
 * known to make. */
static bool moves_unseen(struct machine *m, int thread)
{
	const struct access *a = &m->threads[thread].pending;

	/* A wait for store buffers observes when a store enters one. */
	if (store_buffer_takes(m, a) && m->detail >= DETAIL_STORES)
		return is_unawaited(m, MARK_STORES, thread);
	switch (a->kind) {
	case ACCESS_FENCE:
	case ACCESS_WAIT_END:
		return true;
	case ACCESS_UNLOCK:
		return !a->shared; /* later readers are ordered after a reader's unlock */
	case ACCESS_WORK:
		return is_unawaited(m, MARK_STORES, thread);
	case ACCESS_ENTER:
	case ACCESS_LEAVE:
		return is_unawaited(m, MARK_SECTIONS, thread);
	case ACCESS_LOAD:
	case ACCESS_STORE:
	case ACCESS_RMW:
	case ACCESS_CAS:
		return memory_is_sole_user(m, a->loc, thread);
	default:
		return false;
	}
}

/* Returns true if no other process, and not the thread itself, can observe when the oldest store
 * leaves the thread's buffer. While a lock is held, nobody else reads it. */
static bool flushes_unseen(struct machine *m, int thread)
{
	const struct store *s = store_buffer_oldest(&m->threads[thread]);

	return is_unawaited(m, MARK_STORES, thread) &&
	       (s->unlocks || memory_is_sole_user(m, s->loc, thread));
}

int forced_process(struct machine *m, unsigned int enabled)
{
	const struct event *last = m->length ? &m->events[m->length - 1] : NULL;

	for (int t = 0; t < m->n_threads; t++) {
		if (enabled & 1u << t && moves_unseen(m, t))
			return t;
		if (enabled & 1u << machine_buffer_of(t) && flushes_unseen(m, t))
			return machine_buffer_of(t);
	}
	if (last && last->calls && enabled & 1u << last->proc &&
	    machine_open_op(&m->threads[last->proc]))
		return last->proc;
	return -1;
}
