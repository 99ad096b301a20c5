/* SPDX-License-Identifier: MIT */
/* Lock orders: a cycle is found even if no thread deadlocks, and correct orders are not
 * reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/check/lockorder.h"

/* Made-up source locations. */
static const struct source_location device = {"dev.c", 1, "device"},
				    group = {"group.c", 2, "group"}, list = {"list.c", 3, "list"},
				    at[] = {{"x.c", 10, "lock"}, {"x.c", 11, "lock"},
					{"y.c", 20, "lock"}, {"y.c", 21, "lock"}},
				    operation = {"op.c", 30, "unuse"};

/* Objects whose addresses stand for locks. */
static char devices[3], groups[2], lists[1];

static struct lockorder *order_new(void)
{
	struct lockorder *o = calloc(1, sizeof(*o));

	assert_non_null(o);
	for (size_t i = 0; i < sizeof(devices); i++)
		lockorder_init(o, &devices[i], &device);
	for (size_t i = 0; i < sizeof(groups); i++)
		lockorder_init(o, &groups[i], &group);
	lockorder_init(o, &lists[0], &list);
	return o;
}

static void take_lock(
    struct lockorder *o, unsigned int thread, const char *lock, const struct source_location *s)
{
	lockorder_wait(o, thread, lock, s);
	lockorder_hold(o, thread, lock, s);
}

/* Takes one lock while holding the other. */
static void nest_locks(
    struct lockorder *o, unsigned int thread, const char *outer, const char *inner)
{
	const struct source_location *first = &at[thread ? 2 : 0], *second = first + 1;

	take_lock(o, thread, outer, first);
	take_lock(o, thread, inner, second);
	lockorder_release(o, thread, inner, second);
	lockorder_release(o, thread, outer, first);
}

static void expect_lockorder_faults(struct lockorder *o, unsigned int faults, unsigned int now)
{
	assert_int_equal(o->faults, faults);
	assert_int_equal(lockorder_faults_now(o), now);
	assert_false(o->full);
	free(o);
}

static void two_locks_in_two_orders(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &groups[0], &lists[0]);
	assert_int_equal(o->faults, 0);
	nest_locks(o, 1, &lists[0], &groups[0]);
	assert_int_equal(o->nr_reports, 1);
	assert_int_equal(o->reports[0].n, 2);
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, LOCKORDER_CIRCLE);
}

static void one_order_is_right(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &devices[0], &groups[0]);
	nest_locks(o, 1, &devices[1], &groups[0]);
	nest_locks(o, 0, &devices[0], &lists[0]);
	nest_locks(o, 1, &groups[0], &lists[0]);
	expect_lockorder_faults(o, 0, 0);
}

static void the_order_within_a_class_is_of_each_lock(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &devices[0], &devices[1]);
	nest_locks(o, 1, &devices[1], &devices[2]);
	nest_locks(o, 1, &devices[0], &devices[2]);
	assert_int_equal(o->faults, 0);
	nest_locks(o, 1, &devices[2], &devices[0]);
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, LOCKORDER_CIRCLE);
}

/* The order of two locks applies to all locks of their classes. Here no two threads share a lock,
 * but in another execution they may. */
static void between_classes_any_lock_counts(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &devices[0], &groups[0]);
	nest_locks(o, 1, &groups[1], &devices[1]);
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, LOCKORDER_CIRCLE);
}

static void a_cycle_of_three(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &devices[0], &groups[0]);
	nest_locks(o, 1, &groups[1], &lists[0]);
	assert_int_equal(o->faults, 0);
	nest_locks(o, 0, &lists[0], &devices[1]);
	assert_int_equal(o->reports[0].n, 3);
	assert_int_equal(o->reports[0].edges[0].held.lock, 5); /* the edge that closed the cycle */
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, LOCKORDER_CIRCLE);
}

static void a_thread_waits_for_itself(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	take_lock(o, 0, &groups[0], &at[0]);
	lockorder_wait(o, 0, &groups[0], &at[1]);
	assert_int_equal(o->reports[0].n, 1);
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, LOCKORDER_CIRCLE);
}

static void trylock_adds_no_edge(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &groups[0], &lists[0]);
	take_lock(o, 1, &lists[0], &at[2]);
	lockorder_hold(o, 1, &groups[0], &at[3]);
	expect_lockorder_faults(o, 0, 0);
}

static void asserted_locks(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	take_lock(o, 0, &devices[0], &at[0]);
	lockorder_assert_held(o, 0, &devices[0], &at[1]);
	assert_int_equal(o->faults, 0);
	lockorder_assert_held(o, 1, &devices[0], &at[2]); /* the other thread holds it */
	assert_int_equal(o->faults, LOCKORDER_NOT_HELD);
	lockorder_restart(o);
	assert_int_equal(lockorder_faults_now(o), 0);
	lockorder_assert_held(o, 0, &devices[0], &at[1]); /* this thread no longer holds it */
	expect_lockorder_faults(o, LOCKORDER_NOT_HELD, LOCKORDER_NOT_HELD);
}

static void releasing_a_lock_that_is_not_held(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	take_lock(o, 0, &groups[0], &at[0]);
	lockorder_release(o, 0, &groups[1], &at[1]);
	expect_lockorder_faults(o, LOCKORDER_NOT_HELD, LOCKORDER_NOT_HELD);
}

static void an_operation_that_keeps_a_lock(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	take_lock(o, 0, &devices[0], &at[0]);
	lockorder_enter(o, 0, &operation);
	take_lock(o, 0, &groups[0], &at[1]);
	lockorder_release(o, 0, &groups[0], &at[1]);
	lockorder_leave(o, 0);
	assert_int_equal(o->faults, 0); /* the driver core's own lock is held throughout */
	lockorder_enter(o, 0, &operation);
	take_lock(o, 0, &groups[0], &at[1]);
	lockorder_leave(o, 0);
	expect_lockorder_faults(o, LOCKORDER_KEPT, LOCKORDER_KEPT);
}

static void halves_of_two_executions(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	nest_locks(o, 0, &groups[0], &lists[0]);
	lockorder_restart(o);
	nest_locks(o, 1, &lists[0], &groups[0]);
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, 0);
}

/* Two explorations in which the locks have different addresses and were initialized in a different
 * order. */
static void halves_of_two_explorations(void **state)
{
	struct lockorder *o = order_new(), *other = calloc(1, sizeof(*other));
	char others[3];

	(void)state;
	lockorder_init(other, &others[0], &list);
	lockorder_init(other, &others[1], &group);
	lockorder_init(other, &others[2], &group);
	nest_locks(other, 1, &others[0], &others[2]);
	nest_locks(o, 0, &groups[1], &lists[0]);
	lockorder_merge(o, other);
	assert_int_equal(o->reports[0].n, 2);
	assert_int_equal(o->nr_locks, 6);
	lockorder_merge(o, other);
	assert_int_equal(o->nr_reports, 1);
	free(other);
	expect_lockorder_faults(o, LOCKORDER_CIRCLE, 0);
}

static void too_many_locks_are_reported(void **state)
{
	struct lockorder *o = calloc(1, sizeof(*o));
	static char many[LOCKORDER_LOCKS + 1];
	char text[256] = "";
	FILE *f = fmemopen(text, sizeof(text), "w");

	(void)state;
	for (int i = 0; i <= LOCKORDER_LOCKS; i++) {
		take_lock(o, 0, &many[i], &at[0]);
		lockorder_release(o, 0, &many[i], &at[0]);
	}
	assert_true(o->full);
	assert_int_equal(o->faults, 0);
	lockorder_print(f, o);
	fclose(f);
	assert_non_null(strstr(text, "more locks"));
	free(o);
}

static void reports_have_both_places(void **state)
{
	struct lockorder *o = order_new();
	char text[2048] = "";
	FILE *f = fmemopen(text, sizeof(text), "w");

	(void)state;
	lockorder_enter(o, 1, &operation);
	nest_locks(o, 1, &devices[1], &devices[0]);
	lockorder_leave(o, 1);
	nest_locks(o, 0, &devices[0], &devices[1]);
	lockorder_assert_held(o, 0, &groups[0], &at[0]);
	lockorder_print(f, o);
	fclose(f);
	assert_string_equal(text,
	    "lock order: a cycle of 2 locks, found without a deadlock\n"
	    "  thread 0\n"
	    "    holds     device #0\n              x.c:10\n"
	    "    waits for device #1\n              x.c:11\n"
	    "  thread 1, unuse\n"
	    "    holds     device #1\n              y.c:20\n"
	    "    waits for device #0\n              y.c:21\n"
	    "lock not held: a thread releases or asserts a lock that it does not hold\n"
	    "  thread 0\n"
	    "    needs     group #0\n              x.c:10\n"
	    "    holds     nothing\n");
	free(o);
}

/* -- the calls that led to a lock -- */

/* Functions with their own stack frames. Each does something after its call, so the compiler cannot
 * make it a tail call. */
static __attribute__((noinline)) void inner(struct lockorder *o, unsigned int thread, void *lock)
{
	take_lock(o, thread, lock, SOURCE_LOCATION("lock"));
	lockorder_release(o, thread, lock, SOURCE_LOCATION("unlock"));
}

static __attribute__((noinline)) void group_first(struct lockorder *o)
{
	take_lock(o, 0, &groups[0], SOURCE_LOCATION("lock"));
	inner(o, 0, &lists[0]);
	lockorder_release(o, 0, &groups[0], SOURCE_LOCATION("unlock"));
}

static __attribute__((noinline)) void list_first(struct lockorder *o)
{
	take_lock(o, 1, &lists[0], SOURCE_LOCATION("lock"));
	inner(o, 1, &groups[0]);
	lockorder_release(o, 1, &lists[0], SOURCE_LOCATION("unlock"));
}

static __attribute__((noinline)) void keeper(struct lockorder *o)
{
	lockorder_enter(o, 0, SOURCE_LOCATION("keep"));
	take_lock(o, 0, &groups[0], SOURCE_LOCATION("lock"));
	lockorder_leave(o, 0);
	lockorder_release(o, 0, &groups[0], SOURCE_LOCATION("unlock"));
}

static __attribute__((noinline)) void asserter(struct lockorder *o)
{
	take_lock(o, 0, &devices[0], SOURCE_LOCATION("lock"));
	lockorder_assert_held(o, 0, &groups[0], SOURCE_LOCATION("held"));
	lockorder_release(o, 0, &devices[0], SOURCE_LOCATION("unlock"));
}

/* Checks that the texts appear in this order in the output. NULL ends the list. */
static void expect_in_order(const struct lockorder *o, const char *const *texts)
{
	static char text[16384];
	const char *rest = text;
	FILE *f = fmemopen(text, sizeof(text), "w");

	lockorder_print(f, o);
	fclose(f);
	for (; *texts; texts++) {
		const char *found = strstr(rest, *texts);

		if (found)
			rest = found + strlen(*texts);
		else
			fail_msg("no '%s' where it should be in:\n%s", *texts, text);
	}
}

#if defined(__x86_64__) || defined(__aarch64__)
#define IN(function) "              " function " "
#define IN_CALLEE(callee, function) IN(callee), IN(function)
#else /* this build has no call chains */
#define IN(function) "lockorder.c:"
#define IN_CALLEE(callee, function) IN(callee)
#endif

static void a_cycle_has_both_stacks(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	lockorder_stack(o, 0, __builtin_frame_address(0));
	lockorder_stack(o, 1, __builtin_frame_address(0));
	group_first(o);
	lockorder_restart(o);
	list_first(o);
	expect_in_order(o,
	    (const char *[]){"cycle of 2 locks", "thread 1", "holds     list", IN("list_first"),
		"waits for group", IN_CALLEE("inner", "list_first"), "thread 0", "holds     group",
		IN("group_first"), "waits for list", IN_CALLEE("inner", "group_first"), NULL});
	free(o);
}

static void locks_not_held_or_kept_have_a_stack(void **state)
{
	struct lockorder *o = order_new();

	(void)state;
	lockorder_stack(o, 0, __builtin_frame_address(0));
	asserter(o);
	keeper(o);
	expect_in_order(o, (const char *[]){"lock not held", "needs     group", IN("asserter"),
			       "holds     device", IN("asserter"), "lock kept", "thread 0, keep",
			       "holds     group", IN("keeper"), NULL});
	free(o);
}

/* No frame is read beyond the end of the stack, and none if there is no stack. */
static void a_trace_ends_with_the_stack(void **state)
{
	struct calltrace trace;

	(void)state;
	calltrace_take(&trace, NULL);
	assert_int_equal(trace.n, 0);
	calltrace_take(&trace, (char *)__builtin_frame_address(0) - 65536);
	assert_int_equal(trace.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_locks_in_two_orders),
	    cmocka_unit_test(one_order_is_right),
	    cmocka_unit_test(the_order_within_a_class_is_of_each_lock),
	    cmocka_unit_test(between_classes_any_lock_counts),
	    cmocka_unit_test(a_cycle_of_three),
	    cmocka_unit_test(a_thread_waits_for_itself),
	    cmocka_unit_test(trylock_adds_no_edge),
	    cmocka_unit_test(asserted_locks),
	    cmocka_unit_test(releasing_a_lock_that_is_not_held),
	    cmocka_unit_test(an_operation_that_keeps_a_lock),
	    cmocka_unit_test(halves_of_two_executions),
	    cmocka_unit_test(halves_of_two_explorations),
	    cmocka_unit_test(too_many_locks_are_reported),
	    cmocka_unit_test(reports_have_both_places),
	    cmocka_unit_test(a_cycle_has_both_stacks),
	    cmocka_unit_test(locks_not_held_or_kept_have_a_stack),
	    cmocka_unit_test(a_trace_ends_with_the_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
