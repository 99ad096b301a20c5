/* SPDX-License-Identifier: MIT */
/*
 * A snapshot is a list of chunks: copies of memory, each with its address. Data that only reports
 * or the search by executions need is not saved: return addresses and dependency clocks.
 */
#include "harness/explore/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "harness/explore/data_race.h"
#include "harness/explore/family.h"

struct chunk {
	void *at; /* NULL: the end of the snapshot */
	size_t size;
};

static bool reserve(struct snapshots *all, size_t size)
{
	size_t more = all->size ? all->size : 1 << 16;
	char *bytes;

	if (all->used + size <= all->size)
		return true;
	while (more < all->used + size)
		more *= 2;
	bytes = realloc(all->bytes, more);
	if (!bytes)
		return false;
	all->bytes = bytes;
	all->size = more;
	return true;
}

static bool save(struct snapshots *all, const volatile void *at, size_t size)
{
	const struct chunk chunk = {(void *)at, size};

	if (!reserve(all, sizeof(chunk) + size))
		return false;
	memcpy(all->bytes + all->used, &chunk, sizeof(chunk));
	all->used += sizeof(chunk);
	memcpy(all->bytes + all->used, chunk.at, size);
	all->used += size;
	return true;
}

/* Saves everything from `from` up to, and without, `to`. */
static bool save_range(struct snapshots *all, const void *from, const void *to)
{
	return save(all, from, (size_t)((const char *)to - (const char *)from));
}

static bool save_stack(struct snapshots *all, const struct thread *t)
{
	const char *top = (const char *)t->stack + STACK_SIZE;

	if (t->hooks.caller && !save_range(all, context_stack(&t->context), t->hooks.top))
		return false;
	return save_range(all, machine_frames(t), top);
}

/* Returns true if spin_wait() may still compare with the words: after the pending step, or after
 * the yield that it has called. */
static bool needs_words(const struct thread *t)
{
	return t->spin.site && t->spin.n <= SPIN_WORDS &&
	       (t->spin.steps == 1 || t->pending.kind == ACCESS_YIELD);
}

/* Operations before the thread's last one cannot change any more, so they are not saved. */
static bool save_thread(struct snapshots *all, const struct thread *t)
{
	bool ok = save_range(all, t, t->buffer) && save_range(all, &t->head, t->spin.words) &&
	          save_range(all, &t->seen, t->ops) && save_range(all, &t->hooks, &t->stack) &&
	          save_stack(all, t);

	for (unsigned int i = 0; i < t->count && ok; i++)
		ok = save(all, &t->buffer[(t->head + i) % MAX_STORES], sizeof(t->buffer[0]));
	if (ok && needs_words(t))
		ok = save(all, t->spin.words, t->spin.n * sizeof(t->spin.words[0]));
	if (ok && t->n_ops)
		ok = save(all, &t->ops[t->n_ops - 1], sizeof(t->ops[0]));
	return ok;
}

static bool save_memory(struct snapshots *all, const struct machine *m)
{
	bool ok = save(all, m->arena, m->used) &&
	          save(all, (const char *)m->program + m->family->constant,
		      m->family->program_size - m->family->constant) &&
	          save(all, &m->any_dead, sizeof(m->any_dead));

	if (ok && m->any_dead)
		ok = save(all, m->dead, m->used);
	for (int i = 0; i < m->n_foreign && ok; i++)
		ok = save(all, m->foreign[i].addr, m->foreign[i].size);
	return ok;
}

static bool save_sync(struct snapshots *all, const struct sync *s)
{
	bool ok = save_range(all, s, s->touched) &&
	          save(all, s->touched, s->n_touched * sizeof(s->touched[0])) &&
	          save(all, s->works, s->n_objects * sizeof(s->works[0]));

	for (unsigned int i = 0; i < s->n_touched && ok; i++)
		ok = save(all, &s->locs[s->touched[i]], sizeof(s->locs[0]));
	return ok;
}

static bool save_races(struct snapshots *all, const struct machine *m)
{
	const struct data_races *r = &m->races;
	struct byte_range range = {0};
	bool ok =
	    save(all, r->accesses, sizeof(r->accesses)) && save(all, r->used, sizeof(r->used));

	while (ok && data_race_next_range(m, &range)) {
		const size_t n = range.end - range.first;

		ok = save(all, &r->plain[range.first], n * sizeof(r->plain[0])) &&
		     save(all, &r->atomic[range.first], n * sizeof(r->atomic[0]));
	}
	return ok;
}

static bool save_machine(struct snapshots *all, const struct machine *m)
{
	bool ok =
	    save(all, &m->length, sizeof(m->length)) && save(all, m->clocks, sizeof(m->clocks));

	for (int i = 0; i < m->n_threads && ok; i++) {
		const struct lock_thread *locks = &m->locks->threads[i];

		ok = save_thread(all, &m->threads[i]) &&
		     save_range(all, locks, &locks->held[locks->nr_held]);
	}
	return ok && save_memory(all, m) && save_sync(all, &m->sync) && save_races(all, m);
}

bool snapshot_push(struct snapshots *all, const struct machine *m, const void *extra, size_t size)
{
	const struct chunk end = {0};

	if (!save_machine(all, m) || !save(all, extra, size) || !reserve(all, sizeof(end)))
		return false;
	memcpy(all->bytes + all->used, &end, sizeof(end));
	all->used += sizeof(end);
	return true;
}

void snapshot_restore(const struct snapshots *all, size_t at, struct machine *m)
{
	const char *p = all->bytes + at;
	struct chunk chunk;

	sync_reset(&m->sync);
	data_race_reset(m);
	if (m->any_dead)
		memset(m->dead, 0, m->used);
	for (;;) {
		memcpy(&chunk, p, sizeof(chunk));
		p += sizeof(chunk);
		if (!chunk.at)
			return;
		memcpy(chunk.at, p, chunk.size);
		p += chunk.size;
	}
}

void snapshots_free(struct snapshots *all)
{
	free(all->bytes);
}
