/* SPDX-License-Identifier: MIT */
/* Compares the history checker with brute force. Tests each line of the rules' table with a history
 * that only this line refutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/check/linearize.h"

/* -- brute force -- */

static bool is_refusal(const struct history_op *op)
{
	return op->ret != HISTORY_PENDING && (op->result == -EBUSY || op->result == -EPERM);
}

/* Tries every order that real time allows, with every subset of the pending operations. */
static bool try_all_orders(
    const struct history *h, enum history_spec spec, unsigned int done, struct spec_state state)
{
	bool all = true;

	for (size_t i = 0; i < h->nr; i++)
		all &= done >> i & 1 || h->ops[i].ret == HISTORY_PENDING;
	if (all)
		return true;
	for (size_t i = 0; i < h->nr; i++) {
		const struct history_op *op = &h->ops[i];
		struct spec_state after = state;
		bool next = !(done >> i & 1);
		int answer;

		for (size_t j = 0; next && j < h->nr; j++)
			next = done >> j & 1 || h->ops[j].ret >= op->call;
		if (!next)
			continue;
		if (spec == HISTORY_CAUTIOUS && is_refusal(op) &&
		    try_all_orders(h, spec, done | 1u << i, state))
			return true;
		answer = spec_step(&after, op->kind, op->owner);
		if (answer == (op->ret == HISTORY_PENDING ? 0 : op->result) &&
		    try_all_orders(h, spec, done | 1u << i, after))
			return true;
		if (op->ret == HISTORY_PENDING && op->kind == SPEC_CLAIMED &&
		    try_all_orders(h, spec, done | 1u << i, state))
			return true;
	}
	return false;
}

/* -- random histories -- */

static uint64_t seed = 20221;

static unsigned int draw_number(unsigned int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return n ? (unsigned int)(seed >> 33) % n : 0;
}

enum { OPS_MAX = 7, THREADS = 4, TICKS = 12 };

/* The operations take effect one after the other. Their calls and returns are placed around these
 * times. */
static void make_history(struct history *h)
{
	uint64_t busy[THREADS] = {0};
	struct spec_state state = {0};
	unsigned int nr = 2 + draw_number(OPS_MAX - 1), threads = 1 + draw_number(THREADS);
	uint64_t now = 0;

	h->nr = 0;
	for (unsigned int i = 0; i < nr; i++) {
		struct history_op op = {.thread = (uint16_t)draw_number(threads)};
		uint64_t earliest = busy[op.thread];

		now += 1 + draw_number(3);
		op.kind = (enum spec_op)draw_number(SPEC_OPS);
		op.owner = op.kind == SPEC_GROUP_CLAIM || op.kind == SPEC_DEVICE_CLAIM
		               ? draw_number(8) ? 1 + draw_number(2) : 0
		               : 0;
		now = now > earliest ? now : earliest + 1;
		op.call = now - draw_number((unsigned int)(now - earliest));
		op.ret = now + draw_number(TICKS);
		op.result = (int16_t)spec_step(&state, op.kind, op.owner);
		busy[op.thread] = op.ret + 1;
		history_add(h, &op);
	}
}

static void change_result(struct history *h)
{
	static const int16_t results[] = {0, -EBUSY, -EPERM, -EINVAL};
	struct history_op *op = h->ops ? &h->ops[draw_number((unsigned int)h->nr)] : NULL;

	if (!op)
		return;
	if (op->kind == SPEC_CLAIMED)
		op->result = !op->result;
	else
		op->result = results[draw_number(4)];
}

/* Turns a thread's last operation into one that never returns. */
static void suspend_last(struct history *h)
{
	struct history_op *op = h->ops ? &h->ops[draw_number((unsigned int)h->nr)] : NULL;

	if (!op)
		return;
	for (size_t i = 0; i < h->nr; i++) {
		if (h->ops[i].thread == op->thread && h->ops[i].call > op->call)
			return;
	}
	op->ret = HISTORY_PENDING;
}

static void print_history(const struct history *h)
{
	fflush(stdout);
	history_write(stderr, h);
}

/* -- windows -- */

struct window {
	uint64_t from, to;
	unsigned int nr; /* operations that overlap the window */
};

static bool in_window(const struct history_op *op, uint64_t from, uint64_t to)
{
	return op->call <= to && op->ret >= from;
}

static struct window window_at(const struct history *h, uint64_t from, uint64_t to)
{
	struct window w = {.from = from, .to = to};

	for (size_t i = 0; i < h->nr; i++)
		w.nr += in_window(&h->ops[i], from, to);
	return w;
}

/* Like try_all_orders(), but for a window. An operation called before the window may have taken
 * effect already, and an operation that returns after it may take effect later. */
static bool brute_window(
    const struct history *h, struct window w, unsigned int done, struct spec_state state)
{
	bool all = true;

	for (size_t i = 0; i < h->nr; i++)
		all &= done >> i & 1 || h->ops[i].call < w.from || h->ops[i].ret > w.to;
	if (all)
		return true;
	for (size_t i = 0; i < h->nr; i++) {
		const struct history_op *op = &h->ops[i];
		struct spec_state after = state;
		bool next = !(done >> i & 1);

		for (size_t j = 0; next && j < h->nr; j++)
			next = done >> j & 1 || h->ops[j].ret >= op->call;
		if (!next)
			continue;
		if (op->call < w.from && brute_window(h, w, done | 1u << i, state))
			return true;
		if (spec_step(&after, op->kind, op->owner) ==
			(op->ret == HISTORY_PENDING ? 0 : op->result) &&
		    brute_window(h, w, done | 1u << i, after))
			return true;
	}
	return false;
}

/* Returns whether the idle state, or any state if `idle` is false, explains the window. Owner 9
 * stands for all owners that the window does not name. */
static bool window_explained(
    const struct history *h, enum history_spec spec, struct window w, bool idle)
{
	static const unsigned int owners[] = {0, 1, 2, 9};
	struct history open = {0};
	bool explained;

	for (size_t i = 0; i < h->nr; i++) {
		const struct history_op *op = &h->ops[i];
		bool says_nothing = (op->ret == HISTORY_PENDING && op->kind == SPEC_CLAIMED) ||
		                    (spec == HISTORY_CAUTIOUS && is_refusal(op));

		if (in_window(op, w.from, w.to) && !says_nothing)
			history_add(&open, op);
	}
	explained = brute_window(&open, w, 0, (struct spec_state){0});
	for (unsigned int i = 0; !explained && !idle && i < 4 * (OPS_MAX + 1); i++)
		explained =
		    brute_window(&open, w, 0, (struct spec_state){1 + i / 4, owners[i % 4]});
	history_free(&open);
	return explained;
}

/* Checks that the reported window is unexplained, and that it is the shortest: some state
 * explains the window if it starts at any later call. */
static void check_window(
    const struct history *h, enum history_spec spec, const struct history_verdict *v)
{
	const uint64_t to = h->ops[v->culprit].ret; /* NOLINT: an illegal history has a culprit */
	struct window shown = {.from = UINT64_MAX};
	bool right;

	for (size_t i = 0; i < h->nr; i++) {
		struct window w = window_at(h, h->ops[i].call, to);

		if (w.nr == v->nr_window && w.from < shown.from)
			shown = w;
	}
	right = shown.nr && !window_explained(h, spec, shown, v->start == WINDOW_FROM_IDLE);
	if (v->start == WINDOW_FROM_IDLE)
		right &= window_explained(h, spec, shown, false);
	for (size_t i = 0; right && i < h->nr; i++) {
		struct window w = window_at(h, h->ops[i].call, to);

		right = w.from > to || w.nr >= shown.nr || window_explained(h, spec, w, false);
	}
	if (!right) {
		print_history(h);
		fail_msg(
		    "from %" PRIu64 " to %" PRIu64 ": not the shortest window", shown.from, to);
	}
}

static bool compare_with_brute(const struct history *h, enum history_spec spec)
{
	const bool legal = try_all_orders(h, spec, 0, (struct spec_state){0});
	struct history_verdict v;

	assert_int_equal(history_check(h, spec, &v), 0);
	if (v.judgement != (legal ? HISTORY_LEGAL : HISTORY_ILLEGAL)) {
		print_history(h);
		fail_msg("%s by brute force, judged %d", legal ? "legal" : "illegal", v.judgement);
	}
	if (!legal)
		check_window(h, spec, &v);
	history_verdict_free(&v);
	return legal;
}

static void brute_force_agrees(void **state)
{
#ifdef OWNBENCH_SANITIZED /* one thread, and ten times as slow: other builds test a million */
	enum { HISTORIES = 50000 };
#else
	enum { HISTORIES = 1000000 };
#endif
	struct history h = {0};
	unsigned int legal = 0;

	(void)state;
	for (int i = 0; i < HISTORIES; i++) {
		make_history(&h);
		if (draw_number(4) == 0)
			suspend_last(&h);
		for (unsigned int n = draw_number(3); n > 0; n--)
			change_result(&h);
		legal += compare_with_brute(&h, HISTORY_EXACT);
		legal += compare_with_brute(&h, HISTORY_CAUTIOUS);
	}
	print_message("%d judgements, %u legal\n", 2 * HISTORIES, legal);
	assert_in_range(legal, HISTORIES / 4, 2 * HISTORIES - HISTORIES / 4);
	history_free(&h);
}

/* -- single histories -- */

struct line {
	enum spec_op kind;
	uint32_t owner;
	int16_t result;
	uint64_t call, ret;
};

static enum history_judgement judge_lines(
    const struct line *lines, size_t nr, enum history_spec spec, struct history_verdict *v)
{
	struct history h = {0};
	enum history_judgement judgement;

	for (size_t i = 0; i < nr; i++) {
		struct history_op op = {
		    .kind = lines[i].kind,
		    .owner = lines[i].owner,
		    .result = lines[i].result,
		    .call = lines[i].call,
		    .ret = lines[i].ret,
		    .thread = (uint16_t)i,
		};

		history_add(&h, &op);
	}
	assert_int_equal(history_check(&h, spec, v), 0);
	judgement = v->judgement;
	history_free(&h);
	return judgement;
}

static void expect_judgement(
    const struct line *lines, size_t nr, enum history_spec spec, enum history_judgement judgement)
{
	struct history_verdict v;
	enum history_judgement found = judge_lines(lines, nr, spec, &v);

	history_verdict_free(&v);
	if (found != judgement)
		fail_msg("a history of %zu lines is judged %d", nr, found);
}

static void each_line_of_the_table(void **state)
{
	/* In each history, the last line is wrong, given the lines before it. */
	static const struct line wrong[][3] = {
	    {{SPEC_GROUP_CLAIM, 1, 0, 1, 2}, {SPEC_USE, 0, 0, 3, 4}},
	    {{SPEC_UNUSE, 0, 0, 1, 2}},
	    {{SPEC_USE, 0, 0, 1, 2}, {SPEC_UNUSE, 0, -EINVAL, 3, 4}},
	    {{SPEC_GROUP_CLAIM, 0, 0, 1, 2}},
	    {{SPEC_USE, 0, 0, 1, 2}, {SPEC_GROUP_CLAIM, 1, 0, 3, 4}},
	    {{SPEC_GROUP_CLAIM, 1, 0, 1, 2}, {SPEC_GROUP_CLAIM, 1, 0, 3, 4}},
	    {{SPEC_USE, 0, 0, 1, 2}, {SPEC_GROUP_RELEASE, 0, 0, 3, 4}},
	    {{SPEC_GROUP_CLAIM, 1, 0, 1, 2}, {SPEC_GROUP_RELEASE, 0, -EINVAL, 3, 4}},
	    {{SPEC_DEVICE_CLAIM, 1, 0, 1, 2}, {SPEC_DEVICE_CLAIM, 2, 0, 3, 4}},
	    {{SPEC_USE, 0, 0, 1, 2}, {SPEC_DEVICE_CLAIM, 1, 0, 3, 4}},
	    {{SPEC_DEVICE_CLAIM, 1, 0, 1, 2}, {SPEC_DEVICE_CLAIM, 1, 0, 3, 4},
		{SPEC_CLAIMED, 0, 0, 5, 6}},
	    {{SPEC_DEVICE_RELEASE, 0, 0, 1, 2}},
	    {{SPEC_USE, 0, 0, 1, 2}, {SPEC_DEVICE_RELEASE, 0, 0, 3, 4}},
	    {{SPEC_USE, 0, 0, 1, 2}, {SPEC_UNUSE, 0, 0, 3, 4}, {SPEC_CLAIMED, 0, 1, 5, 6}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		size_t nr = 3;

		while (!wrong[i][nr - 1].ret)
			nr--;
		if (nr > 1)
			expect_judgement(wrong[i], nr - 1, HISTORY_EXACT, HISTORY_LEGAL);
		expect_judgement(wrong[i], nr, HISTORY_EXACT, HISTORY_ILLEGAL);
		expect_judgement(wrong[i], nr, HISTORY_CAUTIOUS, HISTORY_ILLEGAL);
	}
}

static void refusals(void **state)
{
	static const struct line both[] = {
	    {SPEC_USE, 0, -EBUSY, 1, 10}, {SPEC_GROUP_CLAIM, 1, -EPERM, 2, 9}};
	static const struct line late[] = {{SPEC_GROUP_CLAIM, 1, 0, 1, 2},
	    {SPEC_GROUP_RELEASE, 0, 0, 3, 4}, {SPEC_USE, 0, -EBUSY, 5, 6}};
	static const struct line overlapping[] = {{SPEC_GROUP_CLAIM, 1, 0, 1, 2},
	    {SPEC_GROUP_RELEASE, 0, 0, 3, 6}, {SPEC_USE, 0, -EBUSY, 5, 7}};

	(void)state;
	expect_judgement(both, 2, HISTORY_EXACT, HISTORY_ILLEGAL);
	expect_judgement(both, 2, HISTORY_CAUTIOUS, HISTORY_LEGAL);
	expect_judgement(late, 3, HISTORY_EXACT, HISTORY_ILLEGAL);
	expect_judgement(late, 3, HISTORY_CAUTIOUS, HISTORY_LEGAL);
	expect_judgement(overlapping, 3, HISTORY_EXACT, HISTORY_LEGAL);
}

/* A leak: all owners have released the group, but the group reports that it is owned. */
static void leak_at_rest(void **state)
{
	static const struct line leak[] = {{SPEC_USE, 0, 0, 1, 2}, {SPEC_USE, 0, 0, 1, 3},
	    {SPEC_UNUSE, 0, 0, 4, 6}, {SPEC_UNUSE, 0, 0, 5, 7}, {SPEC_CLAIMED, 0, 1, 8, 9}};

	(void)state;
	expect_judgement(leak, 4, HISTORY_EXACT, HISTORY_LEGAL);
	expect_judgement(leak, 5, HISTORY_EXACT, HISTORY_ILLEGAL);
	expect_judgement(leak, 5, HISTORY_CAUTIOUS, HISTORY_ILLEGAL);
}

static void the_shortest_window(void **state)
{
	static struct line lines[43];
	struct history_verdict v;

	(void)state;
	for (size_t i = 0; i < 40; i += 2) {
		lines[i] = (struct line){SPEC_USE, 0, 0, 10 * i, 10 * i + 1};
		lines[i + 1] = (struct line){SPEC_UNUSE, 0, 0, 10 * i + 2, 10 * i + 3};
	}
	lines[40] = (struct line){SPEC_GROUP_CLAIM, 7, 0, 1000, 1001};
	lines[41] = (struct line){SPEC_USE, 0, 0, 1002, 1003};
	lines[42] = (struct line){SPEC_UNUSE, 0, 0, 1004, 1005};
	assert_int_equal(judge_lines(lines, 43, HISTORY_EXACT, &v), HISTORY_ILLEGAL);
	assert_int_equal(v.culprit, 41);
	assert_int_equal(v.nr_window, 2);
	assert_int_equal(v.window[0], 40);
	assert_int_equal(v.window[1], 41);
	history_verdict_free(&v);
}

/* There are two equal releases. One began before the window, and may have taken effect; the other
 * takes effect within the window. */
static void a_window_of_two_that_do_the_same(void **state)
{
	static const struct line lines[] = {{SPEC_GROUP_CLAIM, 2, 0, 1, 6},
	    {SPEC_GROUP_RELEASE, 0, 0, 3, 16}, {SPEC_UNUSE, 0, -EINVAL, 8, 12},
	    {SPEC_GROUP_RELEASE, 0, -EINVAL, 14, 14}, {SPEC_GROUP_RELEASE, 0, 0, 8, 23}};
	struct history_verdict v;

	(void)state;
	assert_int_equal(judge_lines(lines, 5, HISTORY_EXACT, &v), HISTORY_ILLEGAL);
	assert_int_equal(v.culprit, 4);
	assert_int_equal(v.start, WINDOW_FROM_IDLE);
	assert_int_equal(v.nr_window, 5);
	history_verdict_free(&v);
}

/* The pairs at the end do not reveal the count. Every window that is short enough to be searched
 * can be explained, so the report must not claim that its window is unexplained. */
static void a_leak_with_a_distant_cause(void **state)
{
	enum { PAIRS = 1000, NR = 2 + 2 * PAIRS + 1 };
	static struct line lines[NR];
	struct history_verdict v;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct history none = {0};

	(void)state;
	for (size_t i = 0; i < NR; i++)
		lines[i] = (struct line){i % 2 ? SPEC_UNUSE : SPEC_USE, 0, 0, 2 * i, 2 * i + 1};
	lines[0] = (struct line){SPEC_GROUP_CLAIM, 1, 0, 0, 1};
	lines[1] = (struct line){SPEC_GROUP_RELEASE, 0, 0, 2, 3};
	lines[NR - 1].kind = SPEC_CLAIMED;
	lines[NR - 1].result = 1;
	assert_int_equal(judge_lines(lines, NR, HISTORY_EXACT, &v), HISTORY_ILLEGAL);
	assert_int_equal(v.culprit, NR - 1);
	assert_int_equal(v.start, WINDOW_CUT);
	v.nr_window = 0; /* without a window, only the reported operation is printed */
	history_print_window(out, &none, &v);
	fclose(out);
	assert_non_null(strstr(text, "too long to search for"));
	free(text);
	history_verdict_free(&v);
	/* The state is known again once the group is idle. */
	lines[NR - 3] =
	    (struct line){SPEC_CLAIMED, 0, 0, (uint64_t)2 * (NR - 3), (uint64_t)2 * (NR - 3) + 1};
	lines[NR - 2] = (struct line){
	    SPEC_UNUSE, 0, -EINVAL, (uint64_t)2 * (NR - 2), (uint64_t)2 * (NR - 2) + 1};
	assert_int_equal(judge_lines(lines, NR, HISTORY_EXACT, &v), HISTORY_ILLEGAL);
	assert_int_equal(v.start, WINDOW_ANY_STATE);
	assert_in_range(v.nr_window, 2, 3);
	history_verdict_free(&v);
}

static void too_many_at_once_is_undecided(void **state)
{
	static struct line lines[65];
	struct history_verdict v;

	(void)state;
	for (size_t i = 0; i < 65; i++)
		lines[i] = (struct line){SPEC_USE, 0, 0, i, 1000};
	assert_int_equal(judge_lines(lines, 65, HISTORY_EXACT, &v), HISTORY_UNDECIDED);
	assert_non_null(strstr(v.reason, "64 operations"));
	history_verdict_free(&v);
	expect_judgement(lines, 64, HISTORY_EXACT, HISTORY_LEGAL);
}

static void groups_are_independent(void **state)
{
	struct history h = {0};
	struct history_verdict v;

	(void)state;
	for (uint32_t g = 0; g < 3; g++) {
		struct history_op claim = {
		    .kind = SPEC_GROUP_CLAIM, .owner = 1, .call = 1, .ret = 2};
		struct history_op use = {.kind = SPEC_USE, .call = 3, .ret = 4, .thread = 1};

		claim.group = 5 * g;
		use.group = 5 * g + (g != 2);
		claim.thread = use.thread = (uint16_t)g;
		history_add(&h, &claim);
		history_add(&h, &use);
	}
	assert_int_equal(history_check(&h, HISTORY_EXACT, &v), 0);
	assert_int_equal(v.judgement, HISTORY_ILLEGAL);
	assert_int_equal(v.group, 10);
	history_verdict_free(&v);
	history_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_line_of_the_table),
	    cmocka_unit_test(refusals),
	    cmocka_unit_test(leak_at_rest),
	    cmocka_unit_test(the_shortest_window),
	    cmocka_unit_test(a_window_of_two_that_do_the_same),
	    cmocka_unit_test(a_leak_with_a_distant_cause),
	    cmocka_unit_test(too_many_at_once_is_undecided),
	    cmocka_unit_test(groups_are_independent),
	    cmocka_unit_test(brute_force_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
