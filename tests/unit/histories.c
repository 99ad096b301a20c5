/* SPDX-License-Identifier: MIT */
/* Finds the class that a recorded history allows. A history that cannot be decided must never
 * pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../harness/measure/histories.c"

enum { CROWD = 65 };

static void add_op(struct history *h, enum spec_op kind, unsigned int thread, uint64_t call,
    uint64_t ret, int result)
{
	const struct history_op op = {.kind = kind,
	    .thread = (uint16_t)thread,
	    .call = call,
	    .ret = ret,
	    .result = (int16_t)result,
	    .owner = 1};

	assert_int_equal(history_add(h, &op), 0);
}

/* A claim that is refused although no thread holds the group. */
static void add_refusal(struct history *h)
{
	add_op(h, SPEC_GROUP_CLAIM, 0, 1, 2, -EPERM);
}

/* Many threads probe at the same time, and then remove one by one. */
static void add_crowd(struct history *h)
{
	for (unsigned int i = 0; i < CROWD; i++)
		add_op(h, SPEC_USE, i, 10, 1000, 0);
	for (unsigned int i = 0; i < CROWD; i++)
		add_op(h, SPEC_UNUSE, i, 2000 + 2 * i, 2001 + 2 * i, 0);
}

static void assert_class(const struct history *h, enum impl_class declared, enum impl_class found,
    enum history_judgement judgement)
{
	struct history_verdict v = {0};

	assert_int_equal(classify(h, declared, &v), found);
	assert_int_equal(v.judgement, judgement);
	history_verdict_free(&v);
}

static void correct_histories_pass(void **state)
{
	struct history h = {0};

	(void)state;
	add_op(&h, SPEC_GROUP_CLAIM, 0, 1, 2, 0);
	assert_class(&h, CLASS_EXACT, CLASS_EXACT, HISTORY_LEGAL);
	assert_class(&h, CLASS_CAUTIOUS, CLASS_EXACT, HISTORY_LEGAL);
	history_free(&h);
}

static void refusal_contradicts_class_exact(void **state)
{
	struct history h = {0};

	(void)state;
	add_refusal(&h);
	assert_class(&h, CLASS_EXACT, CLASS_CAUTIOUS, HISTORY_ILLEGAL);
	assert_class(&h, CLASS_CAUTIOUS, CLASS_EXACT, HISTORY_LEGAL);
	history_free(&h);
}

static void undecided_histories_are_reported(void **state)
{
	struct history h = {0};

	(void)state;
	add_crowd(&h);
	assert_class(&h, CLASS_EXACT, CLASS_EXACT, HISTORY_UNDECIDED);
	assert_class(&h, CLASS_CAUTIOUS, CLASS_EXACT, HISTORY_UNDECIDED);
	history_free(&h);
}

/* The refusal is found before the history becomes too crowded to decide. Whether the history has a
 * worse fault remains undecided. */
static void a_fault_does_not_hide_undecided_objects(void **state)
{
	struct history h = {0};

	(void)state;
	add_refusal(&h);
	add_crowd(&h);
	assert_class(&h, CLASS_EXACT, CLASS_CAUTIOUS, HISTORY_ILLEGAL);
	assert_class(&h, CLASS_CAUTIOUS, CLASS_EXACT, HISTORY_UNDECIDED);
	history_free(&h);
}

static void two_owners_are_unsafe(void **state)
{
	struct history h = {0};

	(void)state;
	add_op(&h, SPEC_USE, 0, 1, 2, 0);
	add_op(&h, SPEC_GROUP_CLAIM, 1, 3, 4, 0);
	add_op(&h, SPEC_UNUSE, 0, 5, 6, 0);
	assert_class(&h, CLASS_EXACT, CLASS_UNSAFE, HISTORY_ILLEGAL);
	assert_class(&h, CLASS_CAUTIOUS, CLASS_UNSAFE, HISTORY_ILLEGAL);
	history_free(&h);
}

static void leaked_groups_are_leaky(void **state)
{
	struct history h = {0};

	(void)state;
	add_op(&h, SPEC_USE, 0, 1, 2, 0);
	add_op(&h, SPEC_UNUSE, 0, 3, 4, 0);
	add_op(&h, SPEC_CLAIMED, 0, 5, 6, 1);
	assert_class(&h, CLASS_EXACT, CLASS_LEAKY, HISTORY_ILLEGAL);
	assert_class(&h, CLASS_CAUTIOUS, CLASS_LEAKY, HISTORY_ILLEGAL);
	history_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(correct_histories_pass),
	    cmocka_unit_test(refusal_contradicts_class_exact),
	    cmocka_unit_test(undecided_histories_are_reported),
	    cmocka_unit_test(a_fault_does_not_hide_undecided_objects),
	    cmocka_unit_test(two_owners_are_unsafe),
	    cmocka_unit_test(leaked_groups_are_leaky),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
