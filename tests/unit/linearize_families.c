/* SPDX-License-Identifier: MIT */
/* Histories of lifetime and configure: compares the checker with brute force over the contracts,
 * which this file restates, and checks that wrong results are reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/check/linearize.h"
#include "tests/unit/read_text.h"
#include "tests/unit/reread.h"

static uint64_t seed = 20251;

static unsigned int draw_number(unsigned int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return n ? (unsigned int)(seed >> 33) % n : 0;
}

enum { THREADS = 4, ITEMS_MAX = 12, ID_UNKNOWN = 99 };

/* The contract's state. Lifetime: what is bound and by which thread, whether other threads have
 * seen it, and which threads got it. Configure: the device's state. */
struct world {
	bool bound, seen, leaving;
	unsigned int binder;
	bool got[THREADS]; /* a reference to the current driver, not to an earlier one */
	int id;
};

/* An event at one moment of an interval: an operation, or the return of an unbind. */
struct item {
	uint64_t from, to;
	const struct history_op *op;
	bool ends, optional;
};

static bool allow_get(struct world *w, unsigned int thread, int result)
{
	if (result)
		return !w->bound || w->leaving || (!w->seen && thread != w->binder);
	w->got[thread] = true;
	w->seen |= thread != w->binder;
	return w->bound && !w->leaving;
}

static bool allow_use(struct world *w, unsigned int thread, int result)
{
	if (result)
		return !w->bound || w->leaving || !w->got[thread];
	w->seen |= thread != w->binder;
	return w->bound;
}

static bool allow_unbind(struct world *w, bool ends)
{
	const bool can = w->bound && w->leaving == ends;

	memset(w->got, 0, sizeof(w->got));
	w->leaving = !ends;
	w->bound = !ends;
	w->seen = true;
	return can;
}

static bool allow_bind(struct world *w, unsigned int thread)
{
	const bool can = !w->bound;

	*w = (struct world){.bound = true, .binder = thread};
	return can;
}

static bool allow_touch(struct world *w, int result, bool pending)
{
	if (pending) {
		w->id = w->id ? w->id : ID_UNKNOWN;
		return true;
	}
	if (!w->id || w->id == ID_UNKNOWN)
		w->id = result;
	return result && w->id == result;
}

static bool can_happen(struct world *w, const struct item *item)
{
	const struct history_op *op = item->op;
	const bool pending = op->ret == HISTORY_PENDING;
	const int result = pending ? 0 : op->result;

	switch (op->kind) {
	case SPEC_GET:
		return allow_get(w, op->thread, result);
	case SPEC_SERVICE_USE:
		return pending || allow_use(w, op->thread, result);
	case SPEC_UNBIND:
		return allow_unbind(w, item->ends);
	case SPEC_BIND:
		return allow_bind(w, op->thread);
	case SPEC_TOUCH:
		return allow_touch(w, result, pending);
	case SPEC_STATE:
		if (!pending && w->id == ID_UNKNOWN && result)
			w->id = result; /* the thread that set it up has not yet returned its id */
		return pending || w->id == result;
	default:
		return true;
	}
}

static size_t make_items(const struct history *h, struct item items[ITEMS_MAX])
{
	size_t nr = 0;

	for (size_t i = 0; i < h->nr; i++) {
		const struct history_op *op = &h->ops[i];
		const bool pending = op->ret == HISTORY_PENDING;

		items[nr++] = (struct item){op->call, op->ret, op, false, pending};
		if (op->kind == SPEC_UNBIND && !pending)
			items[nr++] = (struct item){op->ret, op->ret, op, true, false};
	}
	return nr;
}

static bool may_be_next(const struct item *items, size_t nr, unsigned int done, size_t i)
{
	for (size_t j = 0; j < nr; j++) {
		if (done >> j & 1)
			continue;
		if (items[j].to < items[i].from)
			return false;
		/* The end of an operation comes after its beginning. */
		if (items[i].ends && items[j].op == items[i].op && j != i)
			return false;
	}
	return !(done >> i & 1);
}

static bool try_all_orders(
    const struct item *items, size_t nr, unsigned int done, struct world world)
{
	bool all = true;

	for (size_t i = 0; i < nr; i++)
		all &= done >> i & 1 || items[i].optional;
	if (all)
		return true;
	for (size_t i = 0; i < nr; i++) {
		struct world after = world;

		if (may_be_next(items, nr, done, i) && can_happen(&after, &items[i]) &&
		    try_all_orders(items, nr, done | 1u << i, after))
			return true;
	}
	return false;
}

/* -- random histories -- */

static enum spec_op draw_lifetime(unsigned int thread, bool bound, bool got)
{
	if (!thread && draw_number(2))
		return bound ? SPEC_UNBIND : SPEC_BIND;
	if (!got)
		return SPEC_GET;
	return draw_number(3) ? SPEC_SERVICE_USE : SPEC_PUT;
}

/* The operations take effect one after the other. Their calls and returns are placed around these
 * times. */
static void add_op(struct history *h, struct history_op op, uint64_t *busy, uint64_t *now)
{
	*now += 1 + draw_number(3);
	*now = *now > *busy ? *now : *busy + 1;
	op.call = *now - draw_number((unsigned int)(*now - *busy));
	op.ret = *now + draw_number(6);
	*busy = op.ret + 1;
	history_add(h, &op);
}

static void make_lifetime(struct history *h)
{
	uint64_t busy[THREADS] = {0}, now = 0;
	bool bound = false, got[THREADS] = {false};
	const unsigned int nr = 5 + draw_number(6);

	for (unsigned int i = 0; i < nr; i++) {
		const unsigned int t = i ? draw_number(THREADS) : 0;
		struct history_op op = {.thread = (uint16_t)t};

		op.kind = draw_lifetime(t, bound, got[t]);
		if (op.kind == SPEC_GET || op.kind == SPEC_SERVICE_USE)
			op.result = bound ? 0 : -ENODEV;
		if (op.kind == SPEC_GET)
			got[t] = bound;
		else if (op.kind == SPEC_PUT)
			got[t] = false;
		else if (op.kind == SPEC_BIND || op.kind == SPEC_UNBIND)
			bound = !bound;
		add_op(h, op, &busy[t], &now);
	}
}

static void make_configure(struct history *h)
{
	uint64_t busy[THREADS] = {0}, now = 0;
	const unsigned int nr = 2 + draw_number(6);
	bool touched = false;

	for (unsigned int i = 0; i < nr; i++) {
		const unsigned int t = draw_number(THREADS);
		struct history_op op = {.thread = (uint16_t)t};

		op.kind = draw_number(4) ? SPEC_TOUCH : SPEC_STATE;
		touched |= op.kind == SPEC_TOUCH;
		op.result = touched;
		add_op(h, op, &busy[t], &now);
	}
}

static void change_result(struct history *h)
{
	struct history_op *op = h->ops ? &h->ops[draw_number((unsigned int)h->nr)] : NULL;

	if (!op)
		return;
	if (op->kind == SPEC_TOUCH || op->kind == SPEC_STATE)
		op->result = (int16_t)draw_number(3);
	else if (op->kind == SPEC_GET || op->kind == SPEC_SERVICE_USE)
		op->result = op->result ? 0 : -ENODEV;
}

/* Turns a thread's last operation into one that never returns. */
static void suspend_last(struct history *h)
{
	struct history_op *op = h->ops ? &h->ops[draw_number((unsigned int)h->nr)] : NULL;

	if (!op)
		return;
	for (size_t i = 0; i < h->nr; i++)
		if (h->ops[i].thread == op->thread && h->ops[i].call > op->call)
			return;
	op->ret = HISTORY_PENDING;
}

static bool is_legal(const struct history *h, struct history_verdict *v)
{
	assert_int_equal(history_check(h, HISTORY_EXACT, v), 0);
	assert_int_not_equal(v->judgement, HISTORY_UNDECIDED);
	return v->judgement == HISTORY_LEGAL;
}

static void compare_with_orders(const struct history *h, unsigned int *legal)
{
	struct item items[2 * ITEMS_MAX];
	const size_t nr = make_items(h, items);
	const bool right = try_all_orders(items, nr, 0, (struct world){0});
	struct history_verdict v;

	if (is_legal(h, &v) != right) {
		fflush(stdout);
		history_write(stderr, h);
		fail_msg("%s is called %s", right ? "legal" : "illegal", v.reason);
	}
	assert_true(right || v.nr_window > 0);
	*legal += right;
	history_verdict_free(&v);
}

static void against_brute_force(void (*make)(struct history *h))
{
	enum { HISTORIES = 6000 };
	unsigned int legal = 0;

	for (int i = 0; i < HISTORIES; i++) {
		struct history h = {0};

		make(&h);
		if (draw_number(3))
			change_result(&h);
		if (!draw_number(3))
			suspend_last(&h);
		compare_with_orders(&h, &legal);
		history_free(&h);
	}
	assert_in_range(legal, HISTORIES / 4, HISTORIES - HISTORIES / 10);
}

static void lifetime_against_brute_force(void **state)
{
	(void)state;
	against_brute_force(make_lifetime);
}

static void configure_against_brute_force(void **state)
{
	(void)state;
	against_brute_force(make_configure);
}

/* -- sequential histories, and each result inverted -- */

struct line {
	enum spec_op kind;
	uint16_t thread;
	int16_t result;
};

static void fill_history(struct history *h, const struct line *lines, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		history_add(h, &(struct history_op){.kind = lines[i].kind,
				   .thread = lines[i].thread,
				   .result = lines[i].result,
				   .call = 10 * i,
				   .ret = 10 * i + 5});
}

static void inverted_results_are_refuted(void **state)
{
	static const struct line lifetime[] = {{SPEC_GET, 1, -ENODEV}, {SPEC_BIND, 0, 0},
	    {SPEC_GET, 1, 0}, {SPEC_SERVICE_USE, 1, 0}, {SPEC_GET, 2, 0}, {SPEC_UNBIND, 0, 0},
	    {SPEC_SERVICE_USE, 1, -ENODEV}, {SPEC_PUT, 1, 0}, {SPEC_GET, 1, -ENODEV}};
	static const struct line configure[] = {{SPEC_STATE, 1, 0}, {SPEC_TOUCH, 0, 1},
	    {SPEC_TOUCH, 1, 1}, {SPEC_TOUCH, 0, 1}, {SPEC_STATE, 2, 1}};
	static const struct {
		const struct line *lines;
		size_t nr;
	} all[] = {{lifetime, sizeof(lifetime) / sizeof(lifetime[0])},
	    {configure, sizeof(configure) / sizeof(configure[0])}};

	(void)state;
	for (size_t a = 0; a < 2; a++) {
		struct history h = {0};
		struct history_verdict v;

		fill_history(&h, all[a].lines, all[a].nr);
		assert_true(is_legal(&h, &v));
		for (size_t i = 0; i < h.nr; i++) {
			const int16_t right = h.ops[i].result;

			if (h.ops[i].kind == SPEC_PUT || h.ops[i].kind == SPEC_BIND ||
			    h.ops[i].kind == SPEC_UNBIND)
				continue;
			/* This is the first get by another thread after the bind, which may not see
			 * the bind yet. */
			if (a == 0 && i == 2)
				continue;
			h.ops[i].result = a ? (int16_t)(right + 1) : right ? 0 : -ENODEV;
			if (a && h.ops[i].kind == SPEC_TOUCH && i == 1)
				h.ops[i].result = 0; /* the first set-up may have any id */
			if (is_legal(&h, &v))
				fail_msg("not refuted: answer %zu of history %zu", i, a);
			h.ops[i].result = right;
			history_verdict_free(&v);
		}
		history_free(&h);
	}
}

/* Until it returns, an unbind may wait for uses. No new reference may be granted meanwhile. */
static void an_unbind_waits(void **state)
{
	struct history h = {0};
	struct history_verdict v;
	const struct history_op ops[] = {{.kind = SPEC_BIND, .call = 0, .ret = 1},
	    {.kind = SPEC_GET, .thread = 1, .call = 2, .ret = 3},
	    {.kind = SPEC_UNBIND, .call = 4, .ret = 20},
	    {.kind = SPEC_GET, .thread = 2, .call = 5, .ret = 6, .result = -ENODEV},
	    {.kind = SPEC_SERVICE_USE, .thread = 1, .call = 7, .ret = 25}};

	(void)state;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		history_add(&h, &ops[i]);
	assert_true(is_legal(&h, &v));
	h.ops[4].call = 21; /* called after the unbind returned */
	assert_false(is_legal(&h, &v));
	assert_int_equal(v.culprit, 4);
	assert_string_equal(v.object, "provider");
	history_verdict_free(&v);
	h.ops[4].call = 7;
	h.ops[3].result = 0;
	assert_true(is_legal(&h, &v)); /* before the unbind began to take effect */
	history_add(&h, &(struct history_op){
			    .kind = SPEC_GET, .thread = 2, .call = 8, .ret = 9, .result = -ENODEV});
	history_add(&h, &(struct history_op){.kind = SPEC_GET, .thread = 2, .call = 10, .ret = 11});
	assert_false(is_legal(&h, &v)); /* a get is refused, and the next one is granted */
	history_verdict_free(&v);
	history_free(&h);
}

/* The binder's store may still be in the binder's own store buffer, where no other thread sees
 * it. */
static void binder_sees_its_store_first(void **state)
{
	struct history h = {0};
	struct history_verdict v;
	static const struct line lines[] = {
	    {SPEC_BIND, 0, 0}, {SPEC_GET, 0, 0}, {SPEC_GET, 1, -ENODEV}, {SPEC_GET, 2, 0}};

	(void)state;
	fill_history(&h, lines, sizeof(lines) / sizeof(lines[0]));
	assert_true(is_legal(&h, &v));
	h.ops[1].result = -ENODEV; /* the binder itself does not see its bind */
	assert_false(is_legal(&h, &v));
	history_verdict_free(&v);
	h.ops[1].result = 0;
	history_add(
	    &h, &(struct history_op){
		    .kind = SPEC_GET, .thread = 1, .call = 100, .ret = 101, .result = -ENODEV});
	assert_false(is_legal(&h, &v)); /* another thread has seen the bind already */
	history_verdict_free(&v);
	history_free(&h);
}

static void too_many_users_are_undecided(void **state)
{
	struct history h = {0};
	struct history_verdict v;

	(void)state;
	history_add(&h, &(struct history_op){.kind = SPEC_BIND, .call = 0, .ret = 1});
	for (uint64_t t = 1; t <= SPEC_USERS; t++)
		history_add(&h,
		    &(struct history_op){
			.kind = SPEC_GET, .thread = (uint16_t)t, .call = 2 * t, .ret = 2 * t + 1});
	assert_int_equal(history_check(&h, HISTORY_EXACT, &v), 0);
	assert_int_equal(v.judgement, HISTORY_UNDECIDED);
	history_verdict_free(&v);
	history_free(&h);
}

/* -- files -- */

static char path[] = "/tmp/history-families-XXXXXX";

static void files_are_read_as_written(void (*make)(struct history *h))
{
	struct history h = {0}, again;

	make(&h);
	suspend_last(&h);
	again = reread_history(&h, path);
	history_free(&h);
	history_free(&again);
}

static void files_round_trip(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		files_are_read_as_written(make_lifetime);
		files_are_read_as_written(make_configure);
	}
}

static void malformed_files_are_reported(void **state)
{
	static const struct {
		const char *text, *reason;
	} bad[] = {
	    {"{\"op\":\"get\",\"thread\":1,\"group\":0,\"call\":3}", "\"provider\" is missing"},
	    {"{\"op\":\"get\",\"thread\":1,\"provider\":0,\"call\":3,\"return\":4,\"result\":"
	     "\"EBUSY\"}",
		"\"result\" must be \"ok\" or \"ENODEV\""},
	    {"{\"op\":\"touch\",\"thread\":1,\"device\":0,\"call\":3,\"return\":4,\"result\":"
	     "\"ok\"}",
		"\"result\" must be a whole number"},
	    {"{\"op\":\"touch\",\"thread\":1,\"call\":3}", "\"device\" is missing"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"return\":4,"
	     "\"result\":\"ENODEV\"}",
		"\"result\" must be \"ok\", \"EBUSY\""},
	    {"{\"op\":\"get\",\"thread\":1,\"provider\":0,\"call\":3}\n"
	     "{\"op\":\"touch\",\"thread\":2,\"device\":0,\"call\":3}",
		":2: touch of a device in a history of providers: a file can have operations of "
		"only one family"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct history h = {0};
		struct error err = {.text = ""};

		if (!read_text(path, bad[i].text, &h, &err) || !strstr(err.text, bad[i].reason))
			fail_msg("%s was expected: '%s'", bad[i].reason, err.text);
		history_free(&h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lifetime_against_brute_force),
	    cmocka_unit_test(configure_against_brute_force),
	    cmocka_unit_test(inverted_results_are_refuted),
	    cmocka_unit_test(an_unbind_waits),
	    cmocka_unit_test(binder_sees_its_store_first),
	    cmocka_unit_test(too_many_users_are_undecided),
	    cmocka_unit_test(files_round_trip),
	    cmocka_unit_test(malformed_files_are_reported),
	};
	int failed;

	close(mkstemp(path));
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
