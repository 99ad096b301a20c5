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
static bool has_seen(const struct thread *t)
{
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

void fingerprint_thread(struct thread *t)
{
	const struct access *a = &t->pending;
	const char *top = (const char *)t->stack + STACK_SIZE, *frames = machine_frames(t);

	t->local = (struct digest){a->kind, 0};
	if (a->kind == ACCESS_DONE)
		return;
	digest_words(&t->local, (uintptr_t)a->addr, a->value);
	digest_words(&t->local, a->expected, (uint64_t)a->op << 8 | a->order);
	/* Spin detection (spin.h) compares with the stack itself, or not at all after another step.
	 */
	digest_words(&t->local, (uintptr_t)t->spin.site,
	    (uint64_t)t->drains_for << 1 | (t->spin.steps == 1));
	if (has_seen(t))
		digest_words(&t->local, (uintptr_t)t->seen, t->seen_value);
	digest_bytes(&t->local, frames, (size_t)(top - frames));
}

/* -- ranks -- */

enum { MAX_EPOCHS = 64 };

struct ranks {
	int16_t base[MAX_THREADS]; /* epochs up to here happen before the next step of all others */
	unsigned int n[MAX_THREADS];
	int16_t epochs[MAX_THREADS][MAX_EPOCHS]; /* of each thread, in ascending order */
	bool full;
};

static void start_ranks(struct ranks *r, const struct machine *m)
{
	r->full = false;
	for (int t = 0; t < MAX_THREADS; t++) {
		r->base[t] = INT16_MAX;
		r->n[t] = 0;
	}
	for (int u = 0; u < m->n_threads; u++) {
		if (m->threads[u].pending.kind == ACCESS_DONE)
			continue;
		for (int t = 0; t < m->n_threads; t++)
			if (t != u && m->sync.now[u][t] < r->base[t])
				r->base[t] = m->sync.now[u][t];
	}
}

static void add_epoch(struct ranks *r, int thread, int16_t epoch)
{
	int16_t *epochs = r->epochs[thread];
	unsigned int i = r->n[thread];

	if (epoch <= r->base[thread])
		return;
	while (i > 0 && epochs[i - 1] > epoch)
		i--;
	if (i > 0 && epochs[i - 1] == epoch)
		return;
	if (r->n[thread] == MAX_EPOCHS) {
		r->full = true;
		return;
	}
	memmove(&epochs[i + 1], &epochs[i], (r->n[thread]++ - i) * sizeof(epochs[0]));
	epochs[i] = epoch;
}

static uint64_t rank_of(const struct ranks *r, int thread, int16_t value)
{
	unsigned int n = r->n[thread];

	while (n > 0 && r->epochs[thread][n - 1] > value)
		n--;
	return n;
}

/* Returns the ranks of a clock's lanes from `first` on, one for each thread. */
static uint64_t rank_clock(const struct ranks *r, vclock c, int first)
{
	uint64_t all = 0;

	for (int t = 0; t < MAX_THREADS; t++)
		all |= rank_of(r, t, c[first + t]) << 16 * t;
	return all;
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
	if (clock_is_zero(c))
		return;
	for (int lane = 0; lane < MAX_PROCS; lane++)
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

/* The ranks of an epoch of each thread's loads and of its stores. */
struct epoch_ranks {
	uint64_t loads, stores;
};

static struct epoch_ranks rank_epochs(const struct ranks *r, vclock c)
{
	struct epoch_ranks e = {0};

	if (!clock_is_zero(c))
		e = (struct epoch_ranks){rank_clock(r, c, 0), rank_clock(r, c, MAX_THREADS)};
	return e;
}

/* Adds the ranks of those bytes whose ranks differ from those of the byte before. */
static void digest_range(struct digest *d, const struct ranks *r, const struct data_races *races,
    struct byte_range range)
{
	struct epoch_ranks last[2] = {0};

	for (size_t i = range.first; i < range.end; i++) {
		struct epoch_ranks now[2];

		if (i > range.first && is_like_last(races, i))
			continue;
		now[0] = rank_epochs(r, races->plain[i]);
		now[1] = rank_epochs(r, races->atomic[i]);
		if (!memcmp(now, last, sizeof(now)))
			continue;
		memcpy(last, now, sizeof(now));
		digest_word(d, i);
		digest_bytes(d, now, sizeof(now));
	}
}

static void digest_epochs(struct digest *d, const struct ranks *r, const struct machine *m)
{
	struct byte_range range = {0};

	while (data_race_next_range(m, &range))
		digest_range(d, r, &m->races, range);
	for (unsigned int i = 0; i < m->sync.n_objects; i++) {
		for (unsigned int side = 0; side < SYNC_SIDES; side++) {
			const uint64_t works = rank_clock(r, m->sync.works[i][side], 0);

			if (works)
				digest_words(d, MAX_BYTES + i * SYNC_SIDES + side, works);
		}
	}
}

/* -- the other clocks -- */

/* What locations have released, in any order. */
static void digest_locations(struct digest *d, const struct ranks *r, const struct sync *s)
{
	for (unsigned int i = 0; i < s->n_touched; i++) {
		const uint64_t released = rank_clock(r, s->locs[s->touched[i]], 0);
		struct digest one = {0};

		digest_words(&one, s->touched[i], released);
		if (released)
			digest_unordered(d, one);
	}
}

static void digest_sync(struct digest *d, const struct ranks *r, const struct machine *m)
{
	const struct sync *s = &m->sync;

	digest_word(d, rank_clock(r, s->waits, 0));
	for (int t = 0; t < m->n_threads; t++) {
		digest_word(d, rank_clock(r, s->section_end[t], 0));
		if (m->threads[t].pending.kind == ACCESS_DONE)
			continue;
		digest_words(d, rank_clock(r, s->now[t], 0), rank_clock(r, s->acquirable[t], 0));
		digest_word(d, rank_clock(r, s->fence_released[t], 0));
		if (m->threads[t].pending.kind == ACCESS_WAIT_END)
			digest_words(
			    d, rank_clock(r, s->waited[t], 0), rank_clock(r, s->barrier[t], 0));
	}
}

/* -- the state -- */

static void digest_buffer(struct digest *d, const struct ranks *r, const struct thread *t)
{
	for (unsigned int i = 0; i < t->count; i++) {
		const struct store *s = &t->buffer[(t->head + i) % MAX_STORES];

		digest_words(d, (uintptr_t)s->addr, s->value);
		digest_words(d, (uint64_t)s->size << 1 | s->unlocks, rank_clock(r, s->released, 0));
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

static void digest_memory(struct digest *d, const struct machine *m)
{
	digest_bytes(d, m->arena, m->used);
	digest_bytes(d, (const char *)m->program + m->family->constant,
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
