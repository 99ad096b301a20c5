/* SPDX-License-Identifier: MIT */
#include "harness/explore/search.h"

#include "harness/explore/runnable.h"

static uint8_t bit(int proc)
{
	return (uint8_t)(1u << proc);
}

/* Those of the sleep set that the last event leaves asleep. */
static uint8_t still_asleep(const struct machine *m, uint8_t sleep)
{
	const struct event *e = &m->events[m->length - 1];

	for (unsigned int left = sleep; left; left &= left - 1) {
		int q = __builtin_ctz(left);
		enum event_kind kind;
		uint16_t loc;

		machine_next_event(m, q, &kind, &loc);
		if (q == e->proc || event_conflicts(e, kind, loc))
			sleep &= (uint8_t)~bit(q);
	}
	return sleep;
}

/* Staying with a thread saves switches and makes counterexamples readable. */
static int prefer(const struct machine *m, unsigned int allowed)
{
	if (m->length > 0 && allowed & bit(m->events[m->length - 1].proc))
		return m->events[m->length - 1].proc;
	return __builtin_ctz(allowed);
}

static int choose_new(struct machine *m, struct search *s, unsigned int enabled)
{
	struct frame *f = &s->frames[m->length];
	unsigned int allowed;

	f->enabled = (uint8_t)enabled;
	f->backtrack = 0;
	f->sleep = 0;
	if (m->length == 0)
		f->sleep = s->asleep;
	else if (s->mode == SEARCH_REDUCED)
		f->sleep = still_asleep(m, s->frames[m->length - 1].sleep);
	allowed = enabled & ~f->sleep;
	if (m->length == 0 && s->first)
		allowed &= s->first;
	if (!allowed) {
		m->ending = END_ASLEEP;
		return -1;
	}
	f->chosen = (uint8_t)prefer(m, allowed);
	f->backtrack |= s->mode == SEARCH_ALL ? (uint8_t)allowed : bit(f->chosen);
	return f->chosen;
}

static bool all_done(const struct machine *m)
{
	for (int t = 0; t < m->n_threads; t++)
		if (m->threads[t].pending.kind != ACCESS_DONE)
			return false;
	return true;
}

int search_choose(struct machine *m)
{
	struct search *s = m->search;
	unsigned int enabled;

	if (m->ending != END_COMPLETE)
		return -1;
	if (m->length < s->forced && s->mode != SEARCH_REPLAY)
		return s->frames[m->length].chosen;
	enabled = machine_enabled(m);
	if (m->length < s->forced) {
		if (enabled & bit(s->frames[m->length].chosen))
			return s->frames[m->length].chosen;
		m->ending = END_MISFIT;
		return -1;
	}
	if (!enabled) {
		m->ending = all_done(m) ? END_COMPLETE : END_DEADLOCK;
		return -1;
	}
	if (m->length == MAX_EVENTS - 1) {
		m->ending = END_CUT;
		return -1;
	}
	return choose_new(m, s, enabled);
}

bool search_next(struct machine *m)
{
	struct search *s = m->search;

	for (int i = s->depth - 1; i >= (s->first ? 1 : 0); i--) {
		struct frame *f = &s->frames[i];
		unsigned int left;

		f->sleep |= bit(f->chosen);
		left = f->backtrack & ~f->sleep;
		if (!left)
			continue;
		f->chosen = (uint8_t)__builtin_ctz(left);
		s->forced = i + 1;
		m->kept = i;
		return true;
	}
	return false;
}

/*
 * The other order of the race: what follows the earlier event without depending on it, then `proc`.
 * Its initials are the processes that can be the first of that; exploring from any one will do.
 */
static uint8_t initials(const struct machine *m, int earlier, int proc, vclock seen)
{
	const struct event *e = &m->events[earlier];
	vclock first;
	uint8_t set = 0;

	for (int q = 0; q < MAX_PROCS; q++)
		first[q] = INT16_MAX;
	for (int i = earlier + 1; i < m->length; i++) {
		const struct event *next = &m->events[i];

		if (next->clock[e->proc] >= e->index || first[next->proc] != INT16_MAX)
			continue;
		if (!clock_reaches(next->clock, first))
			set |= bit(next->proc);
		first[next->proc] = next->index;
	}
	if (first[proc] == INT16_MAX && !clock_reaches(seen, first))
		set |= bit(proc);
	return set;
}

void search_race(struct machine *m, int earlier, int proc, vclock seen)
{
	struct frame *f = &m->search->frames[earlier];
	uint8_t set;

	if (m->search->mode != SEARCH_REDUCED)
		return;
	set = initials(m, earlier, proc, seen);
	if (set & (f->backtrack | f->sleep))
		return;
	set = set & bit(proc) ? bit(proc) : set & (uint8_t)-set;
	/* What is not enabled here cannot be chosen: all that can must be. */
	f->backtrack |= f->enabled & set ? set : f->enabled;
}
