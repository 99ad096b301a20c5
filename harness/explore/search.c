/* SPDX-License-Identifier: MIT */
#include "harness/explore/search.h"

#include "harness/explore/messages.h"
#include "harness/explore/runnable.h"

static uint8_t process_bit(int proc)
{
	return (uint8_t)(1u << proc);
}

/* Returns true if the last event and the next step of process q can be swapped without effect. */
static bool is_independent(const struct machine *m, int q)
{
	const struct event *e = &m->events[m->length - 1];
	enum event_kind kind;
	uint16_t loc;

	if (e->proc == (q ^ MAX_THREADS) && runnable_meets_interrupts(m, q) &&
	    e == &m->events[m->last_of[e->proc]])
		return false;
	machine_next_event(m, q, &kind, &loc);
	return q != e->proc && !event_conflicts(e, kind, loc);
}

/* Returns the picks of process q that stay asleep after the last event. */
static uint64_t still_asleep(struct machine *m, int q, uint64_t asleep)
{
	const struct event *e = &m->events[m->length - 1];
	const struct access *a = &m->threads[q % MAX_THREADS].pending;

	if (!is_independent(m, q))
		return 0;
	if (e->writes && machine_is_thread(q) && access_has_messages(a) && a->loc == e->loc)
		return messages_split(m, a, asleep);
	return asleep;
}

/* Computes the frame's sleep set: that of the previous frame, except for what the last event
 * wakes. */
static void inherit_sleep(struct machine *m, struct frame *f, const struct frame *before)
{
	for (unsigned int left = before->sleep | before->partly; left; left &= left - 1) {
		const int q = __builtin_ctz(left);

		f->asleep[q] = still_asleep(m, q, before->asleep[q]);
		if (!f->asleep[q])
			continue;
		if (machine_picks(m, q) & ~f->asleep[q])
			f->partly |= process_bit(q);
		else
			f->sleep |= process_bit(q);
	}
}

/* Returns a process to move next. Prefers the one that moved last: this avoids context switches and
 * makes counterexamples readable. */
static int preferred_process(const struct machine *m, unsigned int allowed)
{
	if (m->length > 0 && allowed & process_bit(m->events[m->length - 1].proc))
		return m->events[m->length - 1].proc;
	return __builtin_ctz(allowed);
}

/* Sets the chosen process's first pick. Returns the process. */
static int choose_pick(struct machine *m, struct frame *f)
{
	f->left = machine_picks(m, f->chosen);
	if (f->partly & process_bit(f->chosen))
		f->left &= ~f->asleep[f->chosen];
	f->pick = (uint8_t)machine_first_pick(m, f->chosen, f->left);
	f->left &= ~(UINT64_C(1) << f->pick);
	m->pick = f->pick;
	return f->chosen;
}

static void sleep_at_root(const struct search *s, struct frame *f)
{
	f->sleep = s->asleep;
	for (int q = 0; q < MAX_PROCS; q++)
		f->asleep[q] = UINT64_MAX;
}

static int choose_new(struct machine *m, struct search *s, unsigned int enabled)
{
	struct frame *f = &s->frames[m->length];
	unsigned int allowed;

	f->enabled = (uint8_t)enabled;
	f->backtrack = f->sleep = f->partly = 0;
	if (m->length == 0)
		sleep_at_root(s, f);
	else if (s->mode == SEARCH_REDUCED)
		inherit_sleep(m, f, f - 1);
	allowed = enabled & ~f->sleep;
	if (m->length == 0 && s->first)
		allowed &= s->first;
	if (!allowed) {
		m->ending = END_ASLEEP;
		return -1;
	}
	f->chosen = (uint8_t)preferred_process(m, allowed);
	f->backtrack |= s->mode == SEARCH_ALL ? (uint8_t)allowed : process_bit(f->chosen);
	return choose_pick(m, f);
}

/* Returns the process that was chosen in this frame before. Returns -1 if it cannot move, which
 * happens if the schedule to replay was recorded with another program. */
static int choose_again(struct machine *m, const struct search *s)
{
	const struct frame *f = &s->frames[m->length];

	m->pick = f->pick;
	if (s->mode != SEARCH_REPLAY)
		return f->chosen;
	if (machine_enabled(m) & process_bit(f->chosen) &&
	    machine_picks(m, f->chosen) >> f->pick & 1)
		return f->chosen;
	m->ending = END_MISFIT;
	return -1;
}

int search_choose(struct machine *m)
{
	struct search *s = m->search;
	unsigned int enabled;

	if (m->ending != END_COMPLETE)
		return -1;
	if (m->length < s->forced)
		return choose_again(m, s);
	if (m->length == s->resumed) {
		s->resumed = -1;
		return choose_pick(m, &s->frames[m->length]);
	}
	enabled = machine_enabled(m);
	if (!enabled) {
		m->ending = machine_all_done(m) ? END_COMPLETE : END_DEADLOCK;
		return -1;
	}
	if (m->length == MAX_EVENTS - 1) {
		m->ending = END_CUT;
		return -1;
	}
	return choose_new(m, s, enabled);
}

/* Marks the chosen pick as explored. */
static void put_to_sleep(struct frame *f)
{
	if (!((f->sleep | f->partly) & process_bit(f->chosen)))
		f->asleep[f->chosen] = 0;
	f->asleep[f->chosen] |= UINT64_C(1) << f->pick;
	f->partly |= process_bit(f->chosen);
}

bool search_next(struct machine *m)
{
	struct search *s = m->search;

	for (int i = s->depth - 1; i >= 0; i--) {
		struct frame *f = &s->frames[i];
		unsigned int others;

		put_to_sleep(f);
		if (f->left) {
			f->pick = (uint8_t)__builtin_ctzll(f->left);
			f->left &= f->left - 1;
			s->forced = i + 1;
			m->kept = i;
			return true;
		}
		f->sleep |= process_bit(f->chosen);
		others = f->backtrack & ~f->sleep;
		if (!others || (s->first && i == 0))
			continue;
		f->chosen = (uint8_t)__builtin_ctz(others);
		s->forced = s->resumed = i;
		m->kept = i;
		return true;
	}
	return false;
}

/*
 * To reverse a race, the events that come after `earlier` without depending on it must run first,
 * followed by `proc`. Returns the processes that can make the first of these moves; exploring any
 * one of them is enough.
 */
static uint8_t race_initials(const struct machine *m, int earlier, int proc, vclock seen)
{
	const struct event *e = &m->events[earlier], *last = &m->events[m->length];
	/* RC11: among the events that must run before `proc` is a store to the location that `proc`
	 * reads. */
	bool stored = false;
	vclock first;
	uint8_t set = 0;

	for (int q = 0; q < MAX_PROCS; q++)
		first[q] = INT16_MAX;
	for (int i = earlier + 1; i < m->length; i++) {
		const struct event *next = &m->events[i];

		if (next->clock[e->proc] >= e->index)
			continue;
		stored |= next->writes && next->loc == last->loc;
		if (first[next->proc] != INT16_MAX)
			continue;
		if (!clock_reaches(next->clock, first))
			set |= process_bit(next->proc);
		first[next->proc] = next->index;
	}
	if (first[proc] == INT16_MAX && !clock_reaches(seen, first) && !(last->reads && stored))
		set |= process_bit(proc);
	return set;
}

void search_race(struct machine *m, int earlier, int proc, vclock seen)
{
	struct frame *f = &m->search->frames[earlier];
	uint8_t set;

	if (m->search->mode != SEARCH_REDUCED)
		return;
	set = race_initials(m, earlier, proc, seen);
	if (set & (f->backtrack | f->sleep))
		return;
	set = set & process_bit(proc) ? process_bit(proc) : set & (uint8_t)-set;
	/* If none of these processes can move here, explore every process that can. */
	f->backtrack |= f->enabled & set ? set : f->enabled;
}
