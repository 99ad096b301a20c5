/* SPDX-License-Identifier: MIT */
#include "harness/explore/messages.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/seq_cst.h"
#include "harness/explore/store_buffer.h"

void messages_reset(struct messages *all)
{
	for (unsigned int i = 0; i < all->n_cells; i++)
		all->cell_of[all->cells[i].loc] = 0;
	all->n_cells = 0;
}

void messages_forget(struct messages *all, unsigned int loc)
{
	all->cell_of[loc] = 0;
}

/* Refuses the implementation. The execution ends with this step. */
static void refuse(struct machine *m, const char *why)
{
	m->ending = END_REFUSED;
	error_set(&m->refused, "%s", why);
}

static struct cell *new_cell(struct machine *m, const struct access *a)
{
	struct messages *all = &m->messages;
	struct cell *c = &all->cells[all->n_cells];

	if (all->n_cells == MAX_CELLS) {
		refuse(m, "the implementation accesses more atomics than the rc11 model can store");
		return c - 1;
	}
	all->cell_of[a->loc] = (uint8_t)++all->n_cells;
	c->loc = a->loc;
	c->n = 1;
	c->order[0] = c->place[0] = 0;
	c->all[0] = (struct message){.value = memory_read(a->addr, a->size), .event = -1};
	return c;
}

static struct cell *cell_of(struct machine *m, const struct access *a)
{
	const unsigned int number = m->messages.cell_of[a->loc];

	return number ? &m->messages.cells[number - 1] : new_cell(m, a);
}

static uint64_t bit(unsigned int pick)
{
	return UINT64_C(1) << pick;
}

static unsigned int number_of(unsigned int pick)
{
	return pick % MAX_MESSAGES;
}

/* -- what an access may do -- */

/* Returns the position of the newest message that was written or read by a step in `now`. By
 * coherence, older messages can no longer be read. */
static unsigned int oldest_place(const struct cell *c, vclock now)
{
	unsigned int i = c->n - 1;

	while (i && !clock_reaches(now, c->all[c->order[i]].seen))
		i--;
	return i;
}

/* Returns the message that the thread must not access again after its yield, or NULL. */
static const struct message *awaited(const struct thread *t, const struct cell *c)
{
	return t->awaits.any && t->awaits.loc == c->loc ? &c->all[t->awaits.message] : NULL;
}

/* Returns the position of the oldest message that the thread can read. After a yield, it must read
 * a newer message than before. */
static unsigned int oldest_readable(
    const struct machine *m, const struct thread *t, const struct cell *c)
{
	const unsigned int oldest = oldest_place(c, m->sync.now[t->id]);
	const unsigned int newer = awaited(t, c) ? c->place[t->awaits.message] + 1u : 0;

	return newer > oldest ? newer : oldest;
}

static uint64_t picks_of(
    const struct thread *t, const struct access *a, const struct message *msg, unsigned int number)
{
	switch (a->kind) {
	case ACCESS_LOAD:
		return bit(number);
	case ACCESS_CAS:
		if (msg->value != a->expected)
			return bit(number);
		return (msg->consumed ? 0 : bit(number)) |
		       (a->weak && !t->failed_weakly ? bit(PICK_FAILS + number) : 0);
	default:
		return msg->consumed ? 0 : bit(number);
	}
}

uint64_t messages_picks(struct machine *m, const struct thread *t, const struct access *a)
{
	const struct cell *c = cell_of(m, a);
	/* A message with the same value as the last one does not end a wait. Otherwise, waiting
	 * threads that exchange a value for itself would read each other's messages forever. */
	const struct message *stale = a->kind == ACCESS_RMW ? awaited(t, c) : NULL;
	uint64_t picks = 0;
	unsigned int i = a->kind == ACCESS_STORE ? oldest_place(c, m->sync.now[t->id])
	                                         : oldest_readable(m, t, c);

	for (; i < c->n; i++) {
		const struct message *msg = &c->all[c->order[i]];

		if (!stale || msg->value != stale->value)
			picks |= picks_of(t, a, msg, c->order[i]);
	}
	return picks;
}

unsigned int messages_newest(struct machine *m, const struct access *a, uint64_t picks)
{
	const struct cell *c = cell_of(m, a);

	for (unsigned int fails = 0; fails <= PICK_FAILS; fails += PICK_FAILS)
		for (unsigned int i = c->n; i-- > 0;)
			if (picks & bit(fails + c->order[i]))
				return fails + c->order[i];
	abort(); /* unreachable: `picks` is not empty */
}

bool messages_may_write(struct machine *m, const struct thread *t, const struct access *a)
{
	const struct cell *c = cell_of(m, a);

	if (a->kind != ACCESS_CAS)
		return a->kind != ACCESS_LOAD;
	for (unsigned int i = oldest_place(c, m->sync.now[t->id]); i < c->n; i++)
		if (c->all[c->order[i]].value == a->expected)
			return true;
	return false;
}

bool messages_writes(struct machine *m, const struct access *a, unsigned int pick)
{
	if (a->kind != ACCESS_CAS)
		return a->kind != ACCESS_LOAD;
	return pick < PICK_FAILS && messages_read_by(m, a, pick)->value == a->expected;
}

const struct message *messages_read_by(struct machine *m, const struct access *a, unsigned int pick)
{
	return &cell_of(m, a)->all[number_of(pick)];
}

const struct message *messages_last(struct machine *m, const struct access *a)
{
	const struct cell *c = cell_of(m, a);

	return &c->all[c->order[c->n - 1]];
}

const struct message *messages_stored(struct machine *m, const struct access *a)
{
	const struct cell *c = cell_of(m, a);

	return &c->all[c->n - 1];
}

uint64_t messages_split(struct machine *m, const struct access *a, uint64_t picks)
{
	const struct cell *c = cell_of(m, a);
	const unsigned int stored = c->n - 1u;
	const unsigned int before = c->order[c->place[stored] - 1];

	if (a->kind == ACCESS_STORE && picks & bit(before))
		picks |= bit(stored);
	return picks;
}

/* -- accesses -- */

/* Plain stores have no hook, so messages would miss them. Refuses an implementation that stores to
 * an object both plainly and atomically. */
static void check_memory(struct machine *m, const struct cell *c, const struct access *a)
{
	if (memory_read(a->addr, a->size) != c->all[c->order[c->n - 1]].value)
		refuse(m, "the implementation mixes plain and atomic stores to one object, which "
			  "the rc11 model does not support");
}

static void note_seen(struct machine *m, struct message *msg)
{
	const int t = m->current->id;

	if (msg->seen[t] > m->sync.now[t][t])
		msg->seen[t] = m->sync.now[t][t];
}

static struct message *read(struct machine *m, struct cell *c, const struct access *a, int order)
{
	struct message *msg = &c->all[number_of(m->pick)];

	check_memory(m, c, a);
	note_seen(m, msg);
	sync_read(&m->sync, m->current->id, msg->released, order);
	return msg;
}

/* Inserts a message directly after message number `behind`. Memory always has the value of the last
 * message in modification order, because plain code reads memory. */
static void insert(struct machine *m, struct cell *c, const struct access *a, unsigned int behind,
    struct message msg)
{
	const unsigned int place = c->place[behind] + 1u;

	if (c->n == MAX_MESSAGES) {
		m->ending = END_CUT;
		return;
	}
	for (unsigned int i = c->n; i > place; i--) {
		c->order[i] = c->order[i - 1];
		c->place[c->order[i]] = (uint8_t)i;
	}
	c->order[place] = c->n;
	c->place[c->n] = (uint8_t)place;
	c->all[c->n] = msg;
	note_seen(m, &c->all[c->n]);
	if (place == c->n)
		memory_write(a->addr, a->size, msg.value);
	c->n++;
}

static struct message message_of(
    const struct machine *m, const struct access *a, uint64_t value, vclock released)
{
	return (struct message){.seen = (vclock){0} + INT16_MAX,
	    .released = released,
	    .value = value,
	    .site = a->site,
	    .event = (int16_t)(m->length - 1),
	    .thread = (uint8_t)m->current->id};
}

/* Records the message that this access read or wrote. If the thread yields next, it waits for a
 * newer message. */
static void note_news(struct machine *m, const struct access *a, unsigned int message, bool any)
{
	struct thread *t = m->current;

	if (t->awaits.any && t->awaits.loc == a->loc) {
		t->awaits.any = false;
		machine_progress(m, t);
	}
	t->read = (struct seen_message){a->loc, (uint8_t)message, any};
	t->seen = NULL;
}

static void note_step(
    struct machine *m, const struct cell *c, unsigned int number, bool writes, int order)
{
	const bool newest = c->place[number] + 1u == c->n;

	seq_cst_access(&m->seq_cst, m->current->id, (unsigned int)(c - m->messages.cells), number,
	    writes, order == memory_order_seq_cst);
	if (!newest && seq_cst_contradicts(m))
		m->ending = END_CONTRADICTION;
}

uint64_t messages_load(struct machine *m, const struct access *a, int order)
{
	struct cell *c = cell_of(m, a);
	const struct message *msg = read(m, c, a, order);

	note_news(m, a, number_of(m->pick), m->pick < PICK_FAILS);
	m->current->failed_weakly |= m->pick >= PICK_FAILS;
	note_step(m, c, number_of(m->pick), false, order);
	return msg->value;
}

void messages_store(struct machine *m, const struct access *a, uint64_t value, int order)
{
	struct cell *c = cell_of(m, a);

	check_memory(m, c, a);
	insert(m, c, a, m->pick,
	    message_of(m, a, value, sync_released(&m->sync, m->current->id, order)));
	note_step(m, c, c->n - 1u, true, order);
}

void messages_modify(struct machine *m, const struct access *a, uint64_t value, int order)
{
	struct cell *c = cell_of(m, a);
	struct message *old = read(m, c, a, order);
	const vclock own = sync_released(&m->sync, m->current->id, order);

	note_news(m, a, c->n, old->value == value);
	old->consumed = true;
	insert(m, c, a, m->pick, message_of(m, a, value, clock_join(old->released, own)));
	note_step(m, c, c->n - 1u, true, order);
}
