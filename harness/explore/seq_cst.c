/* SPDX-License-Identifier: MIT */
/*
 * Each access has a key, by which accesses to the same location are compared. A step that writes
 * the message at position p has key 2 * p, and a step that reads this message has key 2 * p + 1.
 * Extended coherence order (modification order, reads-from and from-read) orders smaller keys
 * first.
 */
#include "harness/explore/seq_cst.h"

#include <string.h>

void seq_cst_reset(struct seq_cst *s)
{
	s->n = s->n_seq_cst = 0;
	s->full = false;
	memset(s->last, -1, sizeof(s->last));
}

void seq_cst_begin(struct seq_cst *s, int thread, vclock *now)
{
	if (s->last[thread] >= 0)
		s->steps[s->last[thread]].after = *now;
	s->full |= s->n == MAX_STEPS;
	if (s->full)
		return;
	(*now)[thread]++;
	s->last[thread] = (int16_t)s->n;
	s->steps[s->n++] = (struct seq_cst_step){
	    .before = *now, .index = (*now)[thread], .thread = (uint8_t)thread, .cell = NO_CELL};
}

static void add_seq_cst(struct seq_cst *s, int step)
{
	s->full |= s->n_seq_cst == MAX_SEQ_CST;
	if (s->full)
		return;
	s->steps[step].seq_cst = true;
	s->order[s->n_seq_cst++] = (uint16_t)step;
}

void seq_cst_fence(struct seq_cst *s, int thread)
{
	add_seq_cst(s, s->last[thread]);
}

void seq_cst_access(struct seq_cst *s, int thread, unsigned int cell, unsigned int message,
    bool writes, bool seq_cst)
{
	struct seq_cst_step *step = &s->steps[s->last[thread]];

	step->cell = (uint8_t)cell;
	step->message = (uint8_t)message;
	step->writes = writes;
	if (seq_cst)
		add_seq_cst(s, s->last[thread]);
}

/* -- the relation psc -- */

/*
 * A sequentially consistent step stands for accesses: an access for itself, and a fence for others.
 * As the first step of a pair, a fence stands for all accesses that happen after it; as the second
 * step, for all that happen before it. For each cell, this struct has the extreme keys of these
 * accesses.
 */
struct reach {
	uint8_t first[MAX_CELLS]; /* as the first step of a pair: least key; UINT8_MAX: none */
	uint8_t last[MAX_CELLS];  /* as the second step of a pair: greatest key; 0: none */
	uint8_t last_written[MAX_CELLS]; /* as the second step: greatest key of a write; 0: none */
};

static unsigned int key_of(const struct machine *m, const struct seq_cst_step *e)
{
	return 2u * m->messages.cells[e->cell].place[e->message] + !e->writes;
}

/* Returns the happens-before clock after the step, including what it acquired. */
static vclock after(const struct machine *m, const struct seq_cst_step *e)
{
	return e - m->seq_cst.steps == m->seq_cst.last[e->thread] ? m->sync.now[e->thread]
	                                                          : e->after;
}

static bool happens_before(
    const struct machine *m, const struct seq_cst_step *a, const struct seq_cst_step *b)
{
	return a != b && after(m, b)[a->thread] >= a->index;
}

static bool is_fence(const struct seq_cst_step *e)
{
	return e->cell == NO_CELL;
}

static void find_reach(const struct machine *m, const struct seq_cst_step *s, struct reach *r)
{
	memset(r->first, UINT8_MAX, m->messages.n_cells);
	memset(r->last, 0, m->messages.n_cells);
	memset(r->last_written, 0, m->messages.n_cells);
	for (unsigned int i = 0; i < m->seq_cst.n; i++) {
		const struct seq_cst_step *e = &m->seq_cst.steps[i];
		uint8_t key;

		if (e->cell == NO_CELL || (!is_fence(s) && e != s))
			continue;
		key = (uint8_t)key_of(m, e);
		if ((e == s || happens_before(m, s, e)) && key < r->first[e->cell])
			r->first[e->cell] = key;
		if (e != s && !happens_before(m, e, s))
			continue;
		if (key > r->last[e->cell])
			r->last[e->cell] = key;
		if (e->writes && key > r->last_written[e->cell])
			r->last_written[e->cell] = key;
	}
}

/*
 * Returns true if, in some cell, an access of `a` has a smaller key than last[]. If last[] is
 * reach.last_written, this is modification order or from-read. If it is reach.last, it is all of
 * extended coherence order, which matters only between fences.
 */
static bool communicates(const struct machine *m, const struct reach *a, const uint8_t *last)
{
	for (unsigned int c = 0; c < m->messages.n_cells; c++)
		if (a->first[c] < last[c])
			return true;
	return false;
}

/* Returns true if a happens before an access to the cell that happens before b. */
static bool through_cell(const struct machine *m, const struct seq_cst_step *a,
    const struct seq_cst_step *b, unsigned int cell)
{
	for (unsigned int i = 0; i < m->seq_cst.n; i++) {
		const struct seq_cst_step *e = &m->seq_cst.steps[i];

		if (e->cell == cell && happens_before(m, a, e) && happens_before(m, e, b))
			return true;
	}
	return false;
}

/* Returns the step of e's thread that is nearest to e and does not access the same location, or
 * NULL. Searches after e if `direction` is 1, and before e if -1. */
static const struct seq_cst_step *elsewhere(
    const struct machine *m, const struct seq_cst_step *e, int direction)
{
	const struct seq_cst_step *steps = m->seq_cst.steps;

	for (long i = e - steps + direction; i >= 0 && i < (long)m->seq_cst.n; i += direction)
		if (steps[i].thread == e->thread && steps[i].cell != e->cell)
			return &steps[i];
	return NULL;
}

/*
 * Returns true if psc orders two accesses, apart from communicates(): by program order; by
 * happens-before at one location; or because a later step of a's thread happens before an earlier
 * step of b's thread, where neither step accesses the location of its thread's access.
 */
static bool accesses_ordered(
    const struct machine *m, const struct seq_cst_step *a, const struct seq_cst_step *b)
{
	const struct seq_cst_step *behind, *ahead;

	if (!happens_before(m, a, b))
		return false;
	if (a->thread == b->thread || a->cell == b->cell)
		return true;
	behind = elsewhere(m, a, 1);
	ahead = elsewhere(m, b, -1);
	return behind && ahead && happens_before(m, behind, ahead);
}

static bool ordered(
    const struct machine *m, const struct seq_cst_step *a, const struct seq_cst_step *b)
{
	if (!is_fence(a) && !is_fence(b))
		return accesses_ordered(m, a, b);
	if (!happens_before(m, a, b))
		return false;
	if (is_fence(a) && is_fence(b))
		return true;
	if (is_fence(a))
		return b->before[a->thread] >= a->index || through_cell(m, a, b, b->cell);
	return after(m, b)[a->thread] > a->index || through_cell(m, a, b, a->cell);
}

static bool is_cyclic(uint64_t *next, unsigned int n)
{
	for (unsigned int k = 0; k < n; k++)
		for (unsigned int i = 0; i < n; i++)
			if (next[i] >> k & 1)
				next[i] |= next[k];
	for (unsigned int i = 0; i < n; i++)
		if (next[i] >> i & 1)
			return true;
	return false;
}

/* Returns true if the access happens after some fence, or is sequentially consistent itself. */
static bool begins_pair(const struct machine *m, const struct seq_cst_step *e)
{
	const struct seq_cst *s = &m->seq_cst;

	for (unsigned int i = 0; i < s->n_seq_cst; i++) {
		const struct seq_cst_step *a = &s->steps[s->order[i]];

		if (a == e || (is_fence(a) && happens_before(m, a, e)))
			return true;
	}
	return false;
}

/* Returns true if the access is a sequentially consistent one, or happens before one. */
static bool ends_pair(const struct machine *m, const struct seq_cst_step *e)
{
	const struct seq_cst *s = &m->seq_cst;

	for (unsigned int i = 0; i < s->n_seq_cst; i++) {
		const struct seq_cst_step *b = &s->steps[s->order[i]];

		if (b == e || happens_before(m, e, b))
			return true;
	}
	return false;
}

/* Returns true if the last step can have closed a cycle: nothing happens after it, so it must come
 * before another access to its location. */
static bool may_close_cycle(const struct machine *m)
{
	const struct seq_cst *s = &m->seq_cst;
	const struct seq_cst_step *last = &s->steps[s->last[m->current->id]];

	if (!begins_pair(m, last))
		return false;
	for (const struct seq_cst_step *e = s->steps; e < last; e++)
		if (e->cell == last->cell && key_of(m, e) > key_of(m, last) && ends_pair(m, e))
			return true;
	return false;
}

bool seq_cst_contradicts(const struct machine *m)
{
	const struct seq_cst *s = &m->seq_cst;
	static struct reach reaches[MAX_SEQ_CST];
	uint64_t next[MAX_SEQ_CST] = {0};

	if (s->n_seq_cst < 2 || !may_close_cycle(m))
		return false;
	for (unsigned int i = 0; i < s->n_seq_cst; i++)
		find_reach(m, &s->steps[s->order[i]], &reaches[i]);
	for (unsigned int i = 0; i < s->n_seq_cst; i++) {
		for (unsigned int j = 0; j < s->n_seq_cst; j++) {
			const struct seq_cst_step *a = &s->steps[s->order[i]];
			const struct seq_cst_step *b = &s->steps[s->order[j]];
			const bool fences = is_fence(a) && is_fence(b);

			if (i != j && (ordered(m, a, b) ||
					  communicates(m, &reaches[i],
					      fences ? reaches[j].last : reaches[j].last_written)))
				next[i] |= UINT64_C(1) << j;
		}
	}
	return is_cyclic(next, s->n_seq_cst);
}
