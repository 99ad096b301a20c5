/* SPDX-License-Identifier: MIT */
/*
 * Accesses to a location are compared by keys. A step that writes the message at place p has key 2
 * * p; a step that reads it has key 2 * p + 1. The access with the smaller key comes first in the
 * extended coherence order (modification order, reads-from and from-read).
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
 * The keys, for each cell, of the accesses that one sequentially consistent step stands for. An
 * access stands for itself. A fence stands for the accesses that happen after it as the first step
 * of a pair, and for those that happen before it as the second step.
 */
struct reach {
	uint8_t first[MAX_CELLS]; /* least key as the first step of a pair; UINT8_MAX: none */
	uint8_t last[MAX_CELLS];  /* greatest key as the second step of a pair; 0: none */
	uint8_t last_written[MAX_CELLS]; /* greatest key of a write as the second step; 0: none */
};

static unsigned int key_of(const struct machine *m, const struct seq_cst_step *e)
{
	return 2u * m->messages.cells[e->cell].place[e->message] + !e->writes;
}

/* Returns the happens-before clock after the step, with what it acquired. */
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
 * Returns true if, in some cell, an access of `a` has a smaller key than `last`. If `last` has only
 * writes, this is modification order or from-read; otherwise it is the whole extended coherence
 * order, which counts between fences.
 */
static bool communicates(const struct machine *m, const struct reach *a, const uint8_t *last)
{
	for (unsigned int c = 0; c < m->messages.n_cells; c++)
		if (a->first[c] < last[c])
			return true;
	return false;
}

/* Returns true if a happens before some access to the cell, and that access happens before b. */
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

/* Returns the nearest step of e's thread, after e (direction 1) or before e (direction -1), that
 * does not access the location of e, or NULL if there is none. */
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
 * Orders two accesses by program order; by happens-before at one location; or by happens-before
 * from a later step of a's thread at another location to an earlier step of b's thread at another
 * location.
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

bool seq_cst_contradicts(const struct machine *m)
{
	const struct seq_cst *s = &m->seq_cst;
	static struct reach reaches[MAX_SEQ_CST];
	uint64_t next[MAX_SEQ_CST] = {0};

	if (s->n_seq_cst < 2)
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
