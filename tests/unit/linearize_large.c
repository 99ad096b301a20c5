/* SPDX-License-Identifier: MIT */
/* The history checker on large histories: checks its verdicts, and prints how long they take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>

#include "harness/check/linearize.h"
#include "harness/measure/clock.h"

static uint64_t seed = 88172645463325252u;

static unsigned int draw_number(unsigned int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned int)(seed >> 33) % n;
}

enum { CLIENTS_MAX = 16 };

/* Returns a client's next operation, which gives back what the client holds, or acquires
 * something. */
static enum spec_op next_kind(int *holds)
{
	enum spec_op kind = SPEC_CLAIMED;

	switch (*holds) {
	case 1:
		kind = SPEC_UNUSE;
		break;
	case 2:
		kind = SPEC_GROUP_RELEASE;
		break;
	default:
		return draw_number(4) ? SPEC_USE : SPEC_GROUP_CLAIM;
	}
	*holds = 0;
	return kind;
}

/* Makes a legal history with overlapping operations: `clients` clients on each of `groups`
 * groups. */
static void make_history(struct history *h, size_t nr, unsigned int groups, unsigned int clients)
{
	struct spec_state *states = calloc(groups, sizeof(*states));
	uint64_t *now = calloc(groups, sizeof(*now));
	uint64_t(*busy)[CLIENTS_MAX] = calloc(groups, sizeof(*busy));
	int(*holds)[CLIENTS_MAX] = calloc(groups, sizeof(*holds));

	for (size_t i = 0; i < nr; i++) {
		unsigned int g = (unsigned int)(i % groups),
			     c = (unsigned int)(i / groups % clients);
		struct history_op op = {.group = g, .thread = (uint16_t)(g * clients + c)};

		op.kind = next_kind(&holds[g][c]);
		op.owner = op.kind == SPEC_GROUP_CLAIM ? c + 1 : 0;
		now[g] += 10;
		op.call = busy[g][c];
		op.ret = now[g] + draw_number(10 * clients - 10 + 1);
		op.result = (int16_t)spec_step(&states[g], op.kind, op.owner);
		if (!op.result && op.kind == SPEC_USE)
			holds[g][c] = 1;
		if (!op.result && op.kind == SPEC_GROUP_CLAIM)
			holds[g][c] = 2;
		busy[g][c] = op.ret + 1;
		history_add(h, &op);
	}
	free(states);
	free(now);
	free(busy);
	free(holds);
}

static void expect_judgement(
    const struct history *h, enum history_judgement judgement, const char *what)
{
	struct history_verdict v;
	uint64_t start = clock_thread_cpu_ns();
	double seconds;

	assert_int_equal(history_check(h, HISTORY_EXACT, &v), 0);
	seconds = (double)(clock_thread_cpu_ns() - start) * 1e-9;
	print_message(
	    "%s: %.3f s, %.1f M operations/s\n", what, seconds, (double)h->nr / seconds * 1e-6);
	assert_int_equal(v.judgement, judgement);
	history_verdict_free(&v);
}

static void a_million_over_64_groups(void **state)
{
	struct history h = {0};

	(void)state;
	make_history(&h, 1000000, 64, 2);
	expect_judgement(&h, HISTORY_LEGAL, "1,000,000 operations over 64 groups");
	history_free(&h);
}

static void four_clients_on_one_group(void **state)
{
	struct history h = {0};

	(void)state;
	make_history(&h, 100000, 1, 4);
	expect_judgement(&h, HISTORY_LEGAL, "100,000 operations of 4 clients on one group");
	history_free(&h);
}

/* Turns a refused claim into one that is granted although drivers hold the group. */
static void flip_one(struct history *h)
{
	for (size_t i = h->nr / 2; i < h->nr; i++) {
		if (h->ops[i].kind == SPEC_GROUP_CLAIM && h->ops[i].result) {
			h->ops[i].result = 0;
			return;
		}
	}
	fail_msg("no refusal to flip");
}

static void one_flipped_of_sixteen_clients(void **state)
{
	struct history h = {0};

	(void)state;
	make_history(&h, 10000, 1, 16);
	expect_judgement(&h, HISTORY_LEGAL, "10,000 operations of 16 clients on one group");
	flip_one(&h);
	expect_judgement(&h, HISTORY_ILLEGAL, "the same with one result flipped");
	history_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_million_over_64_groups),
	    cmocka_unit_test(four_clients_on_one_group),
	    cmocka_unit_test(one_flipped_of_sixteen_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
