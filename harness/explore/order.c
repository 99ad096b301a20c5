/* SPDX-License-Identifier: MIT */
/*
 * Tracks dependencies between events with vector clocks. The events at a location form a list,
 * newest first.
 *
 * Two conflicting events race if no event in between orders them; then their reverse order must be
 * explored, too. `seen` is the clock of all events that are known to come before the new event. An
 * event within `seen` does not race. Lists are therefore walked from the newest event on, and
 * `seen` grows on the way.
 */
#include "harness/explore/order.h"

#include <string.h>

#include "harness/explore/messages.h"
#include "harness/explore/runnable.h"
#include "harness/explore/search.h"

void order_reset(struct machine *m)
{
	for (int i = 0; i < m->length; i++)
		m->last[m->events[i].loc] = -1;
	memset(m->last_mark, -1, sizeof(m->last_mark));
	memset(m->last_of, -1, sizeof(m->last_of));
	memset(m->clocks, 0, sizeof(m->clocks));
	m->length = 0;
}

/* Reports a race with event `earlier`, unless that is within `seen`. Must be called for the newest
 * event first. */
static void consider_race(struct machine *m, int proc, int earlier, vclock *seen)
{
	const struct event *e = &m->events[earlier];

	if (e->proc == proc || (*seen)[e->proc] >= e->index)
		return;
	search_race(m, earlier, proc, *seen);
	*seen = clock_join(*seen, e->clock);
}

static void add_read(struct machine *m, int proc, int prev, vclock *seen)
{
	for (int i = prev; i >= 0; i = m->events[i].prev) {
		if (m->events[i].kind != EVENT_WRITE)
			continue;
		consider_race(m, proc, i, seen);
		return;
	}
}

/* A load from the thread's own store buffer conflicts only with that buffer's flushes. */
static void add_forward(struct machine *m, int proc, int prev, vclock *seen)
{
	int buffer = machine_buffer_of(proc);

	for (int i = prev; i >= 0; i = m->events[i].prev) {
		if (m->events[i].kind != EVENT_WRITE || m->events[i].proc != buffer)
			continue;
		consider_race(m, proc, i, seen);
		return;
	}
}

static void add_write(struct machine *m, int proc, int prev, vclock *seen)
{
	bool written = false;

	for (int i = prev; i >= 0; i = m->events[i].prev) {
		const struct event *e = &m->events[i];

		if (e->kind == EVENT_FORWARD) {
			if (machine_buffer_of(e->proc) == proc)
				consider_race(m, proc, i, seen);
			continue;
		}
		if (!written)
			consider_race(m, proc, i, seen);
		written |= e->kind == EVENT_WRITE;
		/* Events before the last write do not conflict, except for loads forwarded from
		 * this process's own buffer. Before the process's own last write, nothing
		 * conflicts. */
		if (written && (machine_is_thread(proc) || e->proc == proc))
			return;
	}
}

/* Two acquisitions of a mutex race. The later one is ordered after the unlock in between, but does
 * not race with that unlock, because the two cannot be reversed. `before` is `seen` without
 * interrupts since the thread's last step: they cannot be reversed with a step that the lock's
 * holder blocked, so they do not order the two acquisitions. */
static void add_lock(struct machine *m, int proc, int prev, vclock before, vclock *seen)
{
	if (prev < 0)
		return;
	if (m->events[prev].proc != proc && before[m->events[prev].proc] < m->events[prev].index)
		search_race(m, prev, proc, before);
	*seen = clock_join(*seen, m->events[prev].release);
}

/* Like add_lock(), for one of several earlier holders of a reader-writer lock. `before` also lacks
 * the clocks that the other holders have released. */
static void add_holder(struct machine *m, int proc, int prev, vclock before, vclock *seen)
{
	const struct event *e = &m->events[prev];

	if (e->proc != proc && before[e->proc] < e->index)
		search_race(m, prev, proc, before);
	*seen = clock_join(*seen, e->release);
}

/* A reader races with the last writer. A writer races with the last writer and all readers since.
 * For `before` see add_lock(). */
static void add_take(struct machine *m, int proc, bool share, int prev, vclock before, vclock *seen)
{
	for (int i = prev; i >= 0; i = m->events[i].prev) {
		const uint8_t kind = m->events[i].kind;

		if (kind == EVENT_TAKE || (kind == EVENT_SHARE && !share))
			add_holder(m, proc, i, before, seen);
		if (kind == EVENT_TAKE)
			return;
	}
}

/* A semaphore wait depends only on the post that it consumes, which is the oldest one that is not
 * consumed yet. */
static void add_count(struct machine *m, int prev, vclock *seen)
{
	int given = 0, taken = 0;

	for (int i = prev; i >= 0; i = m->events[i].prev) {
		given += m->events[i].kind == EVENT_GIVE;
		taken += m->events[i].kind == EVENT_TAKE;
	}
	for (int i = prev; given && i >= 0; i = m->events[i].prev)
		if (m->events[i].kind == EVENT_GIVE && --given == taken)
			*seen = clock_join(*seen, m->events[i].clock);
}

/*
 * RC11: a step depends on the step that stored the message that it reads. Other steps at the same
 * location are independent, because their choice of messages does not depend on their order.
 * Exception: a read before a store could have read the stored message, so the reverse order must be
 * explored, too.
 */
static void add_message(struct machine *m, int proc, int prev, vclock *seen)
{
	const struct thread *t = &m->threads[proc];
	const int reads_from = m->events[m->length].reads_from;

	add_read(m, proc, prev, seen); /* conflicts with freeing or reallocating the memory */
	if (messages_may_write(m, t, &t->pending)) {
		for (int i = prev; i >= 0; i = m->events[i].prev) {
			const struct event *e = &m->events[i];

			if (e->reads && e->proc != proc && (*seen)[e->proc] < e->index)
				search_race(m, i, proc, *seen);
		}
	}
	if (reads_from >= 0)
		*seen = clock_join(*seen, m->events[reads_from].clock);
}

/* RC11: each step of a thread conflicts with interrupts of that thread. */
static void add_interrupts(struct machine *m, int proc, vclock *seen)
{
	const int last = m->last_of[proc ^ MAX_THREADS];

	if (last >= 0)
		consider_race(m, proc, last, seen);
}

static void add_mark(struct machine *m, int proc, enum mark_class class, vclock *seen)
{
	for (int i = m->last[LOC_SYNC + class]; i >= 0; i = m->events[i].prev)
		consider_race(m, proc, i, seen);
}

static void add_sync(struct machine *m, int proc, enum mark_class class, vclock *seen)
{
	int bound = m->length;

	for (;;) {
		int newest = -1;

		for (int q = 0; q < MAX_PROCS; q++)
			if (m->last_mark[class][q] > newest && m->last_mark[class][q] < bound)
				newest = m->last_mark[class][q];
		if (newest < 0)
			return;
		consider_race(m, proc, newest, seen);
		bound = newest;
	}
}

static vclock add_conflicts(
    struct machine *m, int proc, enum event_kind kind, uint16_t loc, vclock seen)
{
	const vclock before = seen;
	int prev = m->last[loc];

	if (runnable_meets_interrupts(m, proc))
		add_interrupts(m, proc, &seen);
	switch (kind) {
	case EVENT_READ:
		add_read(m, proc, prev, &seen);
		break;
	case EVENT_FORWARD:
		add_forward(m, proc, prev, &seen);
		break;
	case EVENT_WRITE:
		add_write(m, proc, prev, &seen);
		break;
	case EVENT_LOCK:
		add_lock(m, proc, prev, before, &seen);
		add_mark(m, proc, MARK_LOCKS, &seen);
		break;
	case EVENT_SHARE:
	case EVENT_TAKE:
		add_take(m, proc, kind == EVENT_SHARE, prev, before, &seen);
		add_count(m, prev, &seen);
		add_mark(m, proc, MARK_LOCKS, &seen);
		break;
	case EVENT_GIVE:
		break;
	case EVENT_MARK:
		add_mark(m, proc, (enum mark_class)loc, &seen);
		break;
	case EVENT_SYNC:
		add_sync(m, proc, (enum mark_class)(loc - LOC_SYNC), &seen);
		break;
	case EVENT_MESSAGE:
		add_message(m, proc, prev, &seen);
		break;
	case EVENT_INTERRUPT:
	case EVENT_LOCAL:
		break;
	}
	return seen;
}

void order_add(struct machine *m, int proc, enum event_kind kind, uint16_t loc)
{
	int n = m->length;
	struct event *e = &m->events[n];
	uint16_t chain = kind == EVENT_MARK ? LOC_NONE : loc;

	if (m->stepping) {
		e->proc = (uint8_t)proc;
		e->kind = (uint8_t)kind;
		e->loc = chain;
		e->pick = 0;
		e->calls = false;
		m->length++;
		return;
	}
	if (n >= m->kept) {
		e->proc = (uint8_t)proc;
		e->kind = (uint8_t)kind;
		e->loc = chain;
		e->prev = m->last[chain];
		e->index = m->clocks[proc][proc] + 1;
		e->clock = add_conflicts(m, proc, kind, loc, m->clocks[proc]);
		e->clock[proc] = e->index;
	}
	m->clocks[proc] = e->clock;
	if (chain != LOC_NONE)
		m->last[chain] = (int16_t)n;
	if (kind == EVENT_LOCK || kind == EVENT_SHARE || kind == EVENT_TAKE)
		m->last_mark[MARK_LOCKS][proc] = (int16_t)n;
	else if (kind == EVENT_MARK)
		m->last_mark[loc][proc] = (int16_t)n;
	if (runnable_meets_interrupts(m, proc))
		m->last_of[proc] = (int16_t)n;
	m->length++;
}

void order_blocked(struct machine *m, int proc, enum event_kind kind, uint16_t loc)
{
	add_conflicts(m, proc, kind, loc, m->clocks[proc]);
}
