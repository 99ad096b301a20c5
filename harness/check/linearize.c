/* SPDX-License-Identifier: MIT */
#include "harness/check/linearize.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

#include "harness/check/frontier.h"

/* Maximum number of operations that are searched for the shortest window. */
enum { WINDOW_MAX = 512 };

/* How many operations to prefetch ahead: the operations of one group are far apart in memory. */
enum { AHEAD = 16 };

struct key {
	uint64_t call;
	uint32_t group, index;
};

/* The operations of one object, sorted by call. */
struct part {
	const struct history_op *ops;
	const struct key *keys;
	size_t nr;
};

static const struct history_op *op_at(const struct part *part, size_t i)
{
	return &part->ops[part->keys[i].index];
}

/* -- the sweep over one group -- */

struct sweep {
	struct frontier frontier;
	enum history_spec spec;
	const struct spec *table;
	uint16_t users[SPEC_USERS]; /* the provider's callers, by actor number */
	unsigned int nr_users;
	const struct history_op *slots[FRONTIER_OPEN];
	uint64_t returning; /* bit mask of slots whose operations return */
	uint64_t first;     /* earliest return time of the operations in `returning` */
	const struct history_op *culprit;
};

static void find_first(struct sweep *s)
{
	s->first = HISTORY_PENDING;
	for (uint64_t left = s->returning; left; left &= left - 1) {
		uint64_t ret = s->slots[__builtin_ctzll(left)]->ret;

		s->first = ret < s->first ? ret : s->first;
	}
}

/* Processes all returns before `now`, in order. Returns false if the history is refuted or
 * undecided. */
static bool return_before(struct sweep *s, uint64_t now)
{
	while (s->returning && s->first < now) {
		int slot = 0;

		for (uint64_t left = s->returning; left; left &= left - 1) {
			slot = __builtin_ctzll(left);
			if (s->slots[slot]->ret == s->first)
				break;
		}
		s->returning &= ~(1ull << slot);
		if (!frontier_return(&s->frontier, slot)) {
			s->culprit = s->slots[slot];
			return false;
		}
		find_first(s);
	}
	return true;
}

/* Returns whether the operation can be ignored: its result is legal in every state. */
static bool means_nothing(const struct sweep *s, const struct history_op *op)
{
	if (op->ret == HISTORY_PENDING)
		return s->table->asks(op->kind);
	return s->spec == HISTORY_CAUTIOUS && (op->result == -EBUSY || op->result == -EPERM);
}

/* Finds the actor number of the operation's caller, see spec.h. If the provider has too many
 * callers, sets frontier.undecided and returns false. */
static bool find_actor(struct sweep *s, const struct history_op *op, unsigned int *actor)
{
	*actor = op->owner;
	if (!s->table->by_caller)
		return true;
	for (*actor = 0; *actor < s->nr_users; (*actor)++)
		if (s->users[*actor] == op->thread)
			return true;
	if (s->nr_users == SPEC_USERS) {
		s->frontier.undecided = "more than 64 threads use one provider";
		return false;
	}
	s->users[s->nr_users++] = op->thread;
	return true;
}

/* Processes the call of an operation, after all earlier returns. A return at the same time counts
 * as later, because the two may have overlapped. */
static bool call_op(struct sweep *s, const struct history_op *op, bool optional)
{
	unsigned int actor;
	int slot;

	if (means_nothing(s, op))
		return true;
	if (!return_before(s, op->call) || !find_actor(s, op, &actor))
		return false;
	slot = frontier_call(&s->frontier, op, actor, optional);
	if (slot < 0)
		return false;
	s->slots[slot] = op;
	if (op->ret == HISTORY_PENDING)
		return true;
	s->returning |= 1ull << slot;
	s->first = op->ret < s->first ? op->ret : s->first;
	return true;
}

static void start_sweep(struct sweep *s)
{
	frontier_reset(&s->frontier, s->table);
	s->returning = s->nr_users = 0;
	s->first = HISTORY_PENDING;
	s->culprit = NULL;
}

static bool sweep_part(struct sweep *s, const struct part *part)
{
	start_sweep(s);
	frontier_allow(&s->frontier, (struct spec_state){0});
	for (size_t i = 0; i < part->nr; i++) {
		if (i + AHEAD < part->nr)
			__builtin_prefetch(op_at(part, i + AHEAD));
		if (!call_op(s, op_at(part, i), false))
			return false;
	}
	return return_before(s, HISTORY_PENDING);
}

/* -- the shortest window -- */

static bool in_window(const struct history_op *op, uint64_t from, uint64_t to)
{
	return op->call <= to && op->ret >= from;
}

/* Allows each state that could matter: every possible count, held by the kernel, by a user in the
 * window, or by another user. */
static void allow_counts(struct sweep *s, const struct part *part, uint64_t from, uint64_t to)
{
	unsigned int counts = 1;

	for (size_t i = 0; i < part->nr; i++)
		counts += in_window(op_at(part, i), from, to);
	for (unsigned int cnt = 0; cnt <= counts; cnt++) {
		frontier_allow(&s->frontier, (struct spec_state){cnt, 0});
		if (cnt)
			frontier_allow(&s->frontier, (struct spec_state){cnt, UINT32_MAX});
		for (size_t i = 0; cnt && i < part->nr; i++) {
			const struct history_op *op = op_at(part, i);

			if (op->owner && in_window(op, from, to))
				frontier_allow(&s->frontier, (struct spec_state){cnt, op->owner});
		}
	}
}

static void allow_all(struct sweep *s, const struct part *part, uint64_t from, uint64_t to)
{
	struct spec_state state;

	if (!s->table->any)
		allow_counts(s, part, from, to);
	for (size_t i = 0; s->table->any && s->table->any(i, &state); i++)
		frontier_allow(&s->frontier, state);
}

/* Returns whether some state at the call of operation `first` explains all results up to time `to`.
 * Also returns true if this cannot be decided. */
static bool window_explained(struct sweep *s, const struct part *part, size_t first, uint64_t to)
{
	const uint64_t from = op_at(part, first)->call;

	start_sweep(s);
	allow_all(s, part, from, to);
	for (size_t i = 0; i < part->nr; i++) {
		const struct history_op *op = op_at(part, i);

		if (in_window(op, from, to) && !call_op(s, op, op->call < from))
			return s->frontier.undecided || s->frontier.no_memory;
	}
	return return_before(s, to + 1) || s->frontier.undecided || s->frontier.no_memory;
}

static int keep_window(
    struct history_verdict *v, const struct part *part, uint64_t from, uint64_t to)
{
	v->window = malloc((part->nr + 1) * sizeof(*v->window));
	if (!v->window)
		return -1;
	for (size_t i = 0; i < part->nr; i++) {
		if (in_window(op_at(part, i), from, to))
			v->window[v->nr_window++] = part->keys[i].index;
	}
	return 0;
}

/* Finds the latest window start for which no state explains the results. Bisection works, because a
 * later start leaves fewer operations to explain. */
static int find_window(struct sweep *s, const struct part *all, struct history_verdict *v)
{
	const struct history_op *culprit = s->culprit;
	struct part part = *all;
	size_t good, bad = 0, number = 0;

	while (op_at(all, number) != culprit)
		number++;
	v->culprit = all->keys[number].index;
	while (part.nr && op_at(&part, part.nr - 1)->call > culprit->ret)
		part.nr--;
	if (part.nr > WINDOW_MAX) {
		part.keys += part.nr - WINDOW_MAX;
		part.nr = WINDOW_MAX;
	}
	v->start = part.keys == all->keys ? WINDOW_FROM_IDLE : WINDOW_CUT;
	good = v->start == WINDOW_CUT && window_explained(s, &part, 0, culprit->ret) ? 1 : part.nr;
	while (good - bad > 1) {
		size_t middle = bad + (good - bad) / 2;

		if (window_explained(s, &part, middle, culprit->ret))
			good = middle;
		else
			bad = middle;
	}
	if (!window_explained(s, &part, bad, culprit->ret))
		v->start = WINDOW_ANY_STATE;
	return keep_window(v, &part, op_at(&part, bad)->call, culprit->ret);
}

/* -- all groups -- */

static int judge_part(struct sweep *s, const struct part *part, struct history_verdict *v)
{
	s->table = spec_of(op_at(part, 0)->kind);
	if (sweep_part(s, part))
		return 0;
	v->group = op_at(part, 0)->group;
	v->object = s->table->object;
	if (s->frontier.no_memory)
		return -1;
	if (s->frontier.undecided) {
		v->judgement = HISTORY_UNDECIDED;
		snprintf(v->reason, sizeof(v->reason), "%s", s->frontier.undecided);
		return 0;
	}
	v->judgement = HISTORY_ILLEGAL;
	snprintf(v->reason, sizeof(v->reason),
	    "%s of thread %u returned %s, which no order explains",
	    history_kind_name(s->culprit->kind), s->culprit->thread,
	    history_result(s->culprit).text);
	return find_window(s, part, v);
}

static int by_group_and_call(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

/* Sorts the operations by group, keeping their order within each group. Returns 0, or -1 if out of
 * memory. */
static int deal_by_group(const struct history *history, uint32_t groups, struct key *keys)
{
	uint32_t *next = calloc((size_t)groups + 1, sizeof(*next));

	if (!next)
		return -1;
	for (size_t i = 0; i < history->nr; i++)
		next[history->ops[i].group + 1]++;
	for (uint32_t g = 0; g < groups; g++)
		next[g + 1] += next[g];
	for (size_t i = 0; i < history->nr; i++) {
		const struct history_op *op = &history->ops[i];

		keys[next[op->group]++] = (struct key){op->call, op->group, (uint32_t)i};
	}
	free(next);
	return 0;
}

static bool is_sorted(const struct key *keys, size_t nr)
{
	for (size_t i = 1; i < nr; i++) {
		if (by_group_and_call(&keys[i - 1], &keys[i]) > 0)
			return false;
	}
	return true;
}

/* Sorts the operations by group and call. Within each group they are usually sorted already. */
static struct key *sort_ops(const struct history *history)
{
	struct key *keys = calloc(history->nr + 1, sizeof(*keys));
	uint32_t most = 0;
	int ret = keys ? 0 : -1;

	for (size_t i = 0; i < history->nr; i++)
		most = history->ops[i].group > most ? history->ops[i].group : most;
	if (!ret && most < history->nr)
		ret = deal_by_group(history, most + 1, keys);
	for (size_t i = 0; !ret && most >= history->nr && i < history->nr; i++) {
		const struct history_op *op = &history->ops[i];

		keys[i] = (struct key){op->call, op->group, (uint32_t)i};
	}
	if (!ret && !is_sorted(keys, history->nr))
		qsort(keys, history->nr, sizeof(*keys), by_group_and_call);
	if (!ret)
		return keys;
	free(keys);
	return NULL;
}

/* Checks groups until one is illegal. If none is illegal, the verdict is that of an undecided
 * group, if there is one. */
static int judge_all(struct sweep *s, const struct history *history, const struct key *keys,
    struct history_verdict *verdict)
{
	size_t first = 0;

	while (first < history->nr && verdict->judgement != HISTORY_ILLEGAL) {
		struct part part = {.ops = history->ops, .keys = keys + first};
		struct history_verdict v = {.judgement = HISTORY_LEGAL};
		uint32_t group = op_at(&part, 0)->group;

		while (first + part.nr < history->nr && op_at(&part, part.nr)->group == group)
			part.nr++;
		if (judge_part(s, &part, &v)) {
			history_verdict_free(&v);
			return -1;
		}
		if (v.judgement > verdict->judgement || v.judgement == HISTORY_ILLEGAL)
			*verdict = v;
		else
			history_verdict_free(&v);
		first += part.nr;
	}
	return 0;
}

int history_check(
    const struct history *history, enum history_spec spec, struct history_verdict *verdict)
{
	struct sweep sweep = {.spec = spec};
	struct key *keys = sort_ops(history);
	int ret = -1;

	*verdict = (struct history_verdict){.judgement = HISTORY_LEGAL};
	if (!frontier_init(&sweep.frontier) && keys)
		ret = judge_all(&sweep, history, keys, verdict);
	frontier_free(&sweep.frontier);
	free(keys);
	return ret;
}

void history_verdict_free(struct history_verdict *verdict)
{
	free(verdict->window);
	verdict->window = NULL;
	verdict->nr_window = 0;
}

const char *history_window_says(enum history_window start)
{
	static const char *const says[] = {
	    [WINDOW_ANY_STATE] = "no state at the start of this window explains its results",
	    [WINDOW_FROM_IDLE] = "this window starts with the history's first operation, and no "
				 "order explains its results",
	    [WINDOW_CUT] = "the shortest window is too long to search for; these are the last "
			   "operations up to the unexplained one",
	};

	return says[start];
}

void history_print_window(
    FILE *out, const struct history *history, const struct history_verdict *verdict)
{
	const uint64_t start = verdict->nr_window ? history->ops[verdict->window[0]].call : 0;

	fprintf(out, "%s:\n", history_window_says(verdict->start));
	fprintf(out, "%10s %10s  thread  operation       device  owner  result\n", "call ns",
	    "return ns");
	for (size_t i = 0; i < verdict->nr_window; i++) {
		const struct history_op *op = &history->ops[verdict->window[i]];
		bool pending = op->ret == HISTORY_PENDING;

		fprintf(out, "%10" PRIu64 " ", op->call - start);
		if (pending)
			fprintf(out, "%10s", "-");
		else
			fprintf(out, "%10" PRIu64, op->ret - start);
		fprintf(out, "  %6u  %-14s  %6" PRIu32 "  %5" PRIu32 "  %s%s\n", op->thread,
		    history_kind_name(op->kind), op->device, op->owner,
		    pending ? "pending" : history_result(op).text,
		    verdict->window[i] == verdict->culprit ? "   <-- no order explains this" : "");
	}
}
