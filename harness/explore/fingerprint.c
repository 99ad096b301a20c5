/* SPDX-License-Identifier: MIT */
/*
 * Vector clocks grow with every step, so states would never repeat. But clocks are only compared
 * with the epochs of accesses (data_race.h) and works (sync.h), and epochs that happen before the
 * next step of all other threads no longer matter. So each clock value is replaced by its rank: the
 * number of remaining epochs up to it.
 */
#include "harness/explore/fingerprint.h"

#include <string.h>

#include "harness/explore/data_race.h"
#include "harness/explore/schedule.h"

/* -- a thread's own state -- */

/* Returns true if a yield after the pending step could still wait for what t->seen describes. */
static bool has_seen(const struct machine *m, const struct thread *t)
{
	if (!m->yields_late)
		return false;
	switch (t->pending.kind) {
	case ACCESS_LOAD:
	case ACCESS_PEEK:
	case ACCESS_RMW:
	case ACCESS_CAS:
	case ACCESS_CALL:
		return false;
	default:
		return true;
	}
}

void fingerprint_thread(const struct machine *m, struct thread *t)
{
	const struct access *a = &t->pending;
	const char *top = (const char *)t->stack + STACK_SIZE, *frames = machine_frames(t);

	t->local = (struct digest){a->kind, 0};
	if (a->kind == ACCESS_DONE)
		return;
	digest_words(&t->local, (uintptr_t)a->addr, a->value);
	digest_words(&t->local, a->expected, (uint64_t)a->op << 8 | a->order);
	digest_words(&t->local, t->n_ops, t->n_waits); /* memory_is_sole_user() depends on them */
	digest_word(&t->local, t->drains_for);
	/* Spin detection (spin.h) adds no more than the access that a wait delays. The next access
	 * of the same source line either follows the pending step and is compared with this stack,
	 * or is not compared. */
	if (t->spin.yields)
		digest_words(&t->local, t->spin.operand, t->spin.expected);
	if (has_seen(m, t))
		digest_words(&t->local, (uintptr_t)t->seen, t->seen_value);
	digest_bytes(&t->local, frames, (size_t)(top - frames));
}

/* -- ranks -- */

enum { MAX_EPOCHS = 64 };

/* Lanes t and t + MAX_THREADS are for the epochs of thread t. */
struct ranks {
	vclock base;               /* epochs up to here happen before the next step of all others */
	vclock epochs[MAX_EPOCHS]; /* in ascending order; INT16_MAX: none */
	unsigned int n;            /* number of those that are used in any lane */
	bool full;
};

static void start_ranks(struct ranks *r, const struct machine *m)
{
	r->n = 0;
	r->full = false;
	for (int t = 0; t < MAX_THREADS; t++) {
		r->base[t] = INT16_MAX;
		for (int u = 0; u < m->n_threads; u++)
			if (t != u && m->threads[u].pending.kind != ACCESS_DONE &&
			    m->sync.now[u][t] < r->base[t])
				r->base[t] = m->sync.now[u][t];
		r->base[t + MAX_THREADS] = r->base[t];
	}
}

/* Adds one more vector of epochs. Returns false if there is no room. */
static bool grow_ranks(struct ranks *r)
{
	r->full = r->n == MAX_EPOCHS;
	for (int lane = 0; lane < MAX_PROCS && !r->full; lane++)
		r->epochs[r->n][lane] = INT16_MAX;
	r->n += !r->full;
	return !r->full;
}

/* Inserts an epoch of the thread, and moves later ones up. */
static void add_epoch(struct ranks *r, int thread, int16_t epoch)
{
	for (unsigned int i = 0; epoch != INT16_MAX; i++) {
		int16_t later;

		if (i == r->n && !grow_ranks(r))
			return;
		later = r->epochs[i][thread];
		if (later == epoch)
			return;
		if (later < epoch)
			continue;
		r->epochs[i][thread] = r->epochs[i][thread + MAX_THREADS] = epoch;
		epoch = later;
	}
}

/* Returns the ranks of a clock's lanes. */
static vclock rank_clock(const struct ranks *r, vclock c)
{
	vclock ranks = {0};

	for (unsigned int i = 0; i < r->n; i++)
		ranks -= c >= r->epochs[i];
	return ranks;
}

static void digest_clock(struct digest *d, vclock c)
{
	const union {
		vclock lanes;
		uint64_t words[2];
	} all = {.lanes = c};

	digest_words(d, all.words[0], all.words[1]);
}

/* -- the clocks of accesses and works -- */

/* Returns true if the clocks of this byte are those of the byte before it. */
static bool is_like_last(const struct data_races *r, size_t byte)
{
	return clock_is_zero(
	    (r->plain[byte] ^ r->plain[byte - 1]) | (r->atomic[byte] ^ r->atomic[byte - 1]));
}

static void add_epochs(struct ranks *r, vclock c)
{
	const vclock counts = c > r->base;

	if (clock_is_zero(counts))
		return;
	for (int lane = 0; lane < MAX_PROCS; lane++)
		if (counts[lane])
			add_epoch(r, lane % MAX_THREADS, c[lane]);
}

static void add_all_epochs(struct ranks *r, const struct machine *m)
{
	const struct data_races *races = &m->races;
	struct byte_range range = {0};

	while (data_race_next_range(m, &range)) {
		for (size_t i = range.first; i < range.end; i++) {
			if (i > range.first && is_like_last(races, i))
				continue;
			add_epochs(r, races->plain[i]);
			add_epochs(r, races->atomic[i]);
		}
	}
	for (unsigned int i = 0; i < m->sync.n_objects; i++)
		for (int side = 0; side < SYNC_SIDES; side++)
			add_epochs(r, m->sync.works[i][side]);
}

/* Adds the ranks of those bytes whose epochs differ from those of the byte before. */
static void digest_range(struct digest *d, const struct ranks *r, const struct data_races *races,
    struct byte_range range)
{
	vclock plain = {0}, atomic = {0};

	for (size_t i = range.first; i < range.end; i++) {
		vclock changes;

		if (i > range.first && is_like_last(races, i))
			continue;
		changes = plain | atomic;
		plain = rank_clock(r, races->plain[i]);
		atomic = rank_clock(r, races->atomic[i]);
		if (clock_is_zero(changes | plain | atomic))
			continue;
		digest_word(d, i);
		digest_clock(d, plain);
		digest_clock(d, atomic);
	}
}

static void digest_epochs(struct digest *d, const struct ranks *r, const struct machine *m)
{
	struct byte_range range = {0};

	while (data_race_next_range(m, &range))
		digest_range(d, r, &m->races, range);
	for (unsigned int i = 0; i < m->sync.n_objects; i++) {
		for (unsigned int side = 0; side < SYNC_SIDES; side++) {
			const vclock works = rank_clock(r, m->sync.works[i][side]);

			if (clock_is_zero(works))
				continue;
			digest_word(d, MAX_BYTES + i * SYNC_SIDES + side);
			digest_clock(d, works);
		}
	}
}

/* -- the other clocks -- */

/* What locations have released, in any order. */
static void digest_locations(struct digest *d, const struct ranks *r, const struct sync *s)
{
	for (unsigned int i = 0; i < s->n_touched; i++) {
		const vclock released = rank_clock(r, s->locs[s->touched[i]]);
		struct digest one = {s->touched[i], 0};

		if (clock_is_zero(released))
			continue;
		digest_clock(&one, released);
		digest_unordered(d, one);
	}
}

static void digest_sync(struct digest *d, const struct ranks *r, const struct machine *m)
{
	const struct sync *s = &m->sync;

	digest_clock(d, rank_clock(r, s->waits));
	for (int t = 0; t < m->n_threads; t++) {
		digest_clock(d, rank_clock(r, s->section_end[t]));
		if (m->threads[t].pending.kind == ACCESS_DONE)
			continue;
		digest_clock(d, rank_clock(r, s->now[t]));
		digest_clock(d, rank_clock(r, s->acquirable[t]));
		digest_clock(d, rank_clock(r, s->fence_released[t]));
		if (m->threads[t].pending.kind == ACCESS_WAIT_END) {
			digest_clock(d, rank_clock(r, s->waited[t]));
			digest_clock(d, rank_clock(r, s->barrier[t]));
		}
	}
}

/* -- the state -- */

static void digest_buffer(struct digest *d, const struct ranks *r, const struct thread *t)
{
	for (unsigned int i = 0; i < t->count; i++) {
		const struct store *s = &t->buffer[(t->head + i) % MAX_STORES];

		digest_words(d, (uintptr_t)s->addr, s->value);
		digest_word(d, (uint64_t)s->size << 1 | s->unlocks);
		digest_clock(d, rank_clock(r, s->released));
	}
}

static void digest_thread(struct digest *d, const struct ranks *r, const struct thread *t)
{
	digest_words(d, t->local.a, t->local.b);
	digest_words(d, (uint64_t)t->count << 32 | t->sections,
	    (uint64_t)t->wait << 32 | t->waits_for << 1 | t->covered);
	digest_buffer(d, r, t);
}

static void digest_locks(struct digest *d, const struct lock_thread *t)
{
	digest_words(d, t->nr_held, t->held_before);
	for (unsigned int i = 0; i < t->nr_held; i++)
		digest_word(d, t->held[i].lock);
}

/* Adds those blocks that are not zero, which are few. */
static void digest_blocks(struct digest *d, const void *bytes, size_t size)
{
	static const char zeros[64];

	for (const char *p = bytes; size; p += sizeof(zeros)) {
		const size_t n = size < sizeof(zeros) ? size : sizeof(zeros);

		size -= n;
		if (!memcmp(p, zeros, n))
			continue;
		digest_word(d, (uintptr_t)p);
		digest_bytes(d, p, n);
	}
}

static void digest_memory(struct digest *d, const struct machine *m)
{
	digest_blocks(d, m->arena, m->used);
	digest_blocks(d, (const char *)m->program + m->family->constant,
	    m->family->program_size - m->family->constant);
	if (m->any_dead)
		digest_bytes(d, m->dead, m->used);
	for (int i = 0; i < m->n_foreign; i++)
		digest_bytes(d, m->foreign[i].addr, m->foreign[i].size);
}

bool fingerprint(const struct machine *m, const struct monitor *monitor, struct digest *d)
{
	struct ranks ranks;

	start_ranks(&ranks, m);
	add_all_epochs(&ranks, m);
	*d = (struct digest){0};
	digest_epochs(d, &ranks, m);
	digest_sync(d, &ranks, m);
	for (int t = 0; t < m->n_threads; t++) {
		digest_thread(d, &ranks, &m->threads[t]);
		digest_locks(d, &m->locks->threads[t]);
	}
	digest_memory(d, m);
	digest_bytes(d, monitor->all, monitor->n * sizeof(monitor->all[0]));
	digest_locations(d, &ranks, &m->sync);
	return !ranks.full;
}
