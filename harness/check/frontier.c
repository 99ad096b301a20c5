/* SPDX-License-Identifier: MIT */
#include "harness/check/frontier.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_FIRST = 64, FEW = 8 };

/* -- sets of places -- */

static int places_init(struct places *p)
{
	p->room = TABLE_FIRST;
	p->mask = 2 * TABLE_FIRST - 1;
	p->all = malloc(p->room * sizeof(*p->all));
	p->table = calloc(p->mask + 1, sizeof(*p->table));
	return p->all && p->table ? 0 : -1;
}

static void places_free(struct places *p)
{
	free(p->all);
	free(p->table);
}

static size_t hash_place(const struct place *place)
{
	uint64_t h = place->done * 0x9e3779b97f4a7c15u;

	h ^= h >> 32;
	h = (h + place->state.cnt) * 0xff51afd7ed558ccdu;
	h ^= h >> 29;
	h = (h + place->state.owner) * 0xc4ceb9fe1a85ec53u;
	return (size_t)(h ^ h >> 31);
}

/* Returns whether the set uses its hash table. Sets of at most FEW states, which nearly all are,
 * are searched linearly. */
static bool in_table(const struct places *p)
{
	return p->nr > FEW;
}

static void places_clear(struct places *p)
{
	if (in_table(p))
		memset(p->table, 0, (p->mask + 1) * sizeof(*p->table));
	p->nr = 0;
}

static void place_in_table(struct places *p, size_t index)
{
	size_t h = hash_place(&p->all[index]) & p->mask;

	while (p->table[h])
		h = (h + 1) & p->mask;
	p->table[h] = (uint32_t)index + 1;
}

static int places_grow(struct places *p)
{
	size_t room = p->room ? 2 * p->room : TABLE_FIRST;
	struct place *all = realloc(p->all, room * sizeof(*all));
	uint32_t *table = calloc(2 * room, sizeof(*table));

	if (all)
		p->all = all;
	if (!all || !table) {
		free(table);
		return -1;
	}
	free(p->table);
	p->table = table;
	p->room = room;
	p->mask = 2 * room - 1;
	for (size_t i = 0; i < p->nr; i++)
		place_in_table(p, i);
	return 0;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->done == b->done && a->state.cnt == b->state.cnt &&
	       a->state.owner == b->state.owner;
}

static bool places_have(const struct places *p, const struct place *place)
{
	for (size_t i = 0; !in_table(p) && i < p->nr; i++) {
		if (same_place(&p->all[i], place))
			return true;
	}
	if (!in_table(p))
		return false;
	for (size_t h = hash_place(place) & p->mask; p->table[h]; h = (h + 1) & p->mask) {
		if (same_place(&p->all[p->table[h] - 1], place))
			return true;
	}
	return false;
}

/* Adds a state unless the set already has it. Returns whether it was added. On failure, sets
 * f->undecided or f->no_memory. */
static bool add_place(struct frontier *f, struct places *p, const struct place *place)
{
	if (places_have(p, place))
		return false;
	if (p->nr == FRONTIER_MAX) {
		f->undecided = "more than 65536 states are possible at once";
		return false;
	}
	if (p->nr == p->room && places_grow(p)) {
		f->no_memory = true;
		return false;
	}
	p->all[p->nr++] = *place;
	if (p->nr == FEW + 1) {
		for (size_t i = 0; i < FEW; i++)
			place_in_table(p, i);
	}
	if (in_table(p))
		place_in_table(p, p->nr - 1);
	return true;
}

static void swap_places(struct places *a, struct places *b)
{
	struct places before = *a;

	*a = *b;
	*b = before;
}

/* -- the frontier -- */

int frontier_init(struct frontier *f)
{
	*f = (struct frontier){0};
	return places_init(&f->now) || places_init(&f->next) || places_init(&f->seen) ? -1 : 0;
}

void frontier_free(struct frontier *f)
{
	places_free(&f->now);
	places_free(&f->next);
	places_free(&f->seen);
}

void frontier_reset(struct frontier *f, const struct spec *spec)
{
	f->spec = spec;
	places_clear(&f->now);
	f->open = f->reads = 0;
	f->undecided = NULL;
}

void frontier_allow(struct frontier *f, struct spec_state state)
{
	add_place(f, &f->now, &(struct place){.state = state});
}

/* Returns whether the operation can take effect in this state. If so, updates the state. */
static bool can_take_effect(const struct frontier *f, int slot, struct spec_state *state)
{
	const struct open_op *open = &f->slots[slot];

	return f->spec->allows(state, open->op->kind, open->actor, open->result);
}

/* Lets reads take effect as soon as their results are possible. This loses no solution, because
 * reads do not change the state. */
static void let_read(const struct frontier *f, struct place *place, uint64_t readers)
{
	for (uint64_t left = readers & ~place->done; left; left &= left - 1) {
		int slot = __builtin_ctzll(left);
		struct spec_state state = place->state;

		if (can_take_effect(f, slot, &state))
			place->done |= left & -left;
	}
}

int frontier_call(
    struct frontier *f, const struct history_op *op, unsigned int actor, bool optional)
{
	const bool pending = op->ret == HISTORY_PENDING;
	int slot;

	if (f->open == UINT64_MAX) {
		f->undecided = "more than 64 operations are open at once";
		return -1;
	}
	slot = __builtin_ctzll(~f->open);
	f->slots[slot] = (struct open_op){
	    .op = op,
	    .actor = actor,
	    .result = pending ? f->spec->pending : op->result,
	    .optional = optional || pending,
	    .reads = !pending && (op->result < 0 || f->spec->asks(op->kind)),
	};
	f->open |= 1ull << slot;
	if (!f->slots[slot].reads)
		return slot;
	f->reads |= 1ull << slot;
	/* A set's hash table depends on the states' contents, so put modified states into a new
	 * set. */
	places_clear(&f->next);
	for (size_t i = 0; i < f->now.nr; i++) {
		struct place place = f->now.all[i];

		let_read(f, &place, 1ull << slot);
		add_place(f, &f->next, &place);
	}
	swap_places(&f->now, &f->next);
	return slot;
}

static bool same_call(const struct open_op *a, const struct open_op *b)
{
	return a->op->kind == b->op->kind && a->actor == b->actor && a->result == b->result;
}

static bool returns_first(const struct frontier *f, int slot, int than)
{
	uint64_t ret = f->slots[slot].op->ret, other = f->slots[than].op->ret;

	return ret < other || (ret == other && slot < than);
}

/*
 * Returns whether to try this operation before the others with the same arguments and result. Such
 * operations are interchangeable, so only the one that returns first is tried. Exception: if that
 * one is optional, it may have taken effect before the frontier began, so another one must be
 * tried, too.
 */
static bool goes_first(const struct frontier *f, uint64_t waiting, int slot)
{
	const struct open_op *op = &f->slots[slot];

	for (uint64_t left = waiting; left; left &= left - 1) {
		int other = __builtin_ctzll(left);
		const struct open_op *o = &f->slots[other];

		if (other != slot && same_call(o, op) && returns_first(f, other, slot) &&
		    (op->optional || !o->optional))
			return false;
	}
	return true;
}

/* Adds to f->seen every state that is reached from `from` when one more operation takes effect. */
static void expand_place(struct frontier *f, struct place from)
{
	uint64_t waiting = f->open & ~f->reads & ~from.done;

	for (uint64_t left = waiting; left; left &= left - 1) {
		int slot = __builtin_ctzll(left);
		struct place place = from;

		if (!goes_first(f, waiting, slot) || !can_take_effect(f, slot, &place.state))
			continue;
		place.done |= 1ull << slot;
		let_read(f, &place, f->reads);
		add_place(f, &f->seen, &place);
	}
}

/* Returns whether the operation can return in this state. A return may change the state. */
static bool can_return(const struct frontier *f, int slot, struct spec_state *state)
{
	return !spec_ends(f->slots[slot].op->kind) || f->spec->returns(state);
}

static void keep_place(struct frontier *f, struct place place, int slot)
{
	place.done &= ~(1ull << slot);
	if (can_return(f, slot, &place.state))
		add_place(f, &f->next, &place);
}

/* From every possible state, lets other operations take effect until the returning operation has
 * taken effect. */
static void reach_effect(struct frontier *f, int slot)
{
	const uint64_t bit = 1ull << slot;
	const bool optional = f->slots[slot].optional;
	/* This return changes the state, so operations that take effect before the return must do
	 * so now. */
	const bool last = spec_ends(f->slots[slot].op->kind);

	places_clear(&f->seen);
	for (size_t i = 0; i < f->now.nr; i++)
		add_place(f, &f->seen, &f->now.all[i]);
	for (size_t i = 0; i < f->seen.nr && !f->undecided; i++) {
		struct place place = f->seen.all[i];

		if (place.done & bit || (optional && i < f->now.nr))
			keep_place(f, place, slot);
		if (!(place.done & bit) || last)
			expand_place(f, place);
	}
}

/* Fast path: one operation is open, and one state is possible. */
static bool return_alone(struct frontier *f, int slot)
{
	struct place place = f->now.all[0];

	if (!(place.done & 1ull << slot) && !can_take_effect(f, slot, &place.state))
		return false;
	if (!can_return(f, slot, &place.state))
		return false;
	places_clear(&f->now);
	place.done = 0;
	add_place(f, &f->now, &place);
	return true;
}

bool frontier_return(struct frontier *f, int slot)
{
	const uint64_t bit = 1ull << slot;
	const bool alone = f->open == bit && f->now.nr == 1 && !f->slots[slot].optional;
	bool left;

	if (alone) {
		left = return_alone(f, slot);
	} else {
		places_clear(&f->next);
		reach_effect(f, slot);
		swap_places(&f->now, &f->next);
		left = f->now.nr > 0;
	}
	f->open &= ~bit;
	f->reads &= ~bit;
	return left && !f->undecided && !f->no_memory;
}
