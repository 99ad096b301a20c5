/* SPDX-License-Identifier: MIT */
#include "harness/explore/memory.h"

#include <string.h>

#include "harness/explore/schedule.h"
#include "harness/explore/store_buffer.h"

/* Adds an object outside of the arena. Returns its index. */
static int add_foreign(struct machine *m, const volatile void *p, unsigned int size, bool plain)
{
	const int i = m->n_foreign;

	if (i == MAX_FOREIGN)
		machine_refuse("the implementation has more than %d objects outside of its state",
		    MAX_FOREIGN);
	m->foreign[i].addr = (void *)p;
	m->foreign[i].size = size;
	m->foreign[i].value = memory_read(p, size);
	m->foreign[i].plain = plain;
	m->must_restart = true; /* snapshots do not contain it */
	return m->n_foreign++;
}

static uint16_t foreign_location(struct machine *m, const volatile void *p, unsigned int size)
{
	for (int i = 0; i < m->n_foreign; i++)
		if (m->foreign[i].addr == p && !m->foreign[i].plain)
			return (uint16_t)(MAX_ARENA + i);
	return (uint16_t)(MAX_ARENA + add_foreign(m, p, size, false));
}

int memory_plain_object(const struct machine *m, const void *p)
{
	for (int i = 0; i < m->n_foreign; i++)
		if (m->foreign[i].plain &&
		    (uintptr_t)p - (uintptr_t)m->foreign[i].addr < m->foreign[i].size)
			return i;
	return -1;
}

int memory_add_plain_object(struct machine *m, const void *p, size_t size)
{
	m->ending = END_RESTART;
	return add_foreign(m, p, (unsigned int)size, true);
}

uint16_t memory_location(struct machine *m, const volatile void *p, unsigned int size)
{
	size_t offset = memory_offset(m, p);

	return offset < MAX_ARENA ? (uint16_t)offset : foreign_location(m, p, size);
}

uint16_t memory_note_freeable(struct machine *m, uint16_t loc)
{
	if (loc < m->freeable_from || loc >= MAX_ARENA || m->freeable[loc])
		return loc;
	m->freeable[loc] = true;
	if (m->frees)
		m->ending = END_RESTART;
	return loc;
}

/* Returns where in its program the thread is: grows with each operation, and with each membarrier
 * or wait for readers. */
static uint16_t place_of(const struct thread *t)
{
	enum { PLACES = 1 << 12 }; /* in an operation */

	return (uint16_t)(t->n_ops * PLACES + (t->n_waits < PLACES ? t->n_waits : PLACES - 1) + 1);
}

void memory_note_use(struct machine *m, uint16_t loc)
{
	const struct thread *t = m->current;
	uint16_t *last = &m->last_use[loc][t->id];

	if (place_of(t) <= *last)
		return;
	*last = place_of(t);
	m->must_restart |= m->sole_users[loc] & ~(1u << t->id);
}

/* Returns true if the thread may still access the location, or has a buffered store to it. */
static bool may_access(const struct machine *m, const struct thread *t, uint16_t loc)
{
	for (unsigned int i = 0; i < t->count; i++)
		if (t->buffer[(t->head + i) % MAX_STORES].loc == loc)
			return true;
	return t->pending.kind != ACCESS_DONE && place_of(t) <= m->last_use[loc][t->id];
}

bool memory_is_sole_user(struct machine *m, uint16_t loc, int thread)
{
	for (int t = 0; t < m->n_threads; t++)
		if (t != thread && may_access(m, &m->threads[t], loc))
			return false;
	m->sole_users[loc] |= (uint8_t)(1u << thread);
	return true;
}

struct access memory_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, const volatile void *p, unsigned int size)
{
	const uint16_t loc = memory_location(m, p, size);

	memory_note_use(m, loc);
	return (struct access){.site = site,
	    .addr = (void *)p,
	    .loc = memory_note_freeable(m, loc),
	    .kind = (uint8_t)kind,
	    .size = (uint8_t)size};
}

struct access memory_load_access(struct machine *m, const struct source_location *site,
    const volatile void *p, unsigned int size)
{
	struct access a = memory_access(m, site, ACCESS_LOAD, p, size);

	if (!m->written[a.loc]) {
		a.kind = ACCESS_PEEK;
		m->peeked[a.loc] = true;
	}
	return a;
}

struct access memory_write_access(struct machine *m, const struct source_location *site,
    enum access_kind kind, volatile void *p, unsigned int size)
{
	struct access a = memory_access(m, site, kind, p, size);

	m->written[a.loc] = true;
	if (m->peeked[a.loc]) {
		m->peeked[a.loc] = false;
		m->ending = END_RESTART;
	}
	return a;
}

void *memory_alloc(struct machine *m, size_t align, size_t size)
{
	const size_t start = (m->used + align - 1) & ~(align - 1);

	if (align > MAX_ARENA || size > MAX_ARENA || start + size > MAX_ARENA)
		machine_refuse("the implementation has more than %d bytes of state", MAX_ARENA);
	m->used = start + size;
	return m->arena + start;
}

void memory_restore(struct machine *m)
{
	memcpy(m->arena, m->initial, m->used);
	/* Restore the newest first: where objects overlap, the oldest one has the original
	 * value. */
	for (int i = m->n_foreign - 1; i >= 0; i--)
		memory_write(m->foreign[i].addr, m->foreign[i].size, m->foreign[i].value);
}

void machine_freeable(struct machine *m)
{
	m->freeable_from = m->used;
}

void machine_writes(struct machine *m, const void *p)
{
	m->written[memory_offset(m, p)] = true;
}

bool memory_free_is_step(const struct machine *m, size_t loc)
{
	return m->freeable[loc] && !m->peeked[loc];
}

void machine_frees(const struct machine *m, bool steps[MAX_ARENA])
{
	for (size_t loc = 0; loc < MAX_ARENA; loc++)
		steps[loc] = memory_free_is_step(m, loc);
}

void machine_set_frees(struct machine *m, const bool steps[MAX_ARENA])
{
	for (size_t loc = 0; loc < MAX_ARENA; loc++) {
		m->freeable[loc] |= steps[loc];
		m->written[loc] |= steps[loc];
		m->frees |= steps[loc];
	}
}
