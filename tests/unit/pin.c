/* SPDX-License-Identifier: MIT */
/* Every policy pins only to CPUs that this process may use, and uses each CPU once before it uses
 * any CPU twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "harness/measure/pin.h"

static void plan_is_injective_and_allowed(void **state)
{
	const enum pin_policy policies[] = {PIN_COMPACT, PIN_SCATTER, PIN_CORE};
	cpu_set_t allowed;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
	for (size_t p = 0; p < sizeof(policies) / sizeof(policies[0]); p++) {
		unsigned int threads = 2 * pin_nr_cpus() + 1;
		struct pin_plan plan;
		struct error err;

		assert_int_equal(pin_plan_make(&plan, policies[p], threads, &err), 0);
		assert_true(plan.nr_cpus >= 1 && plan.nr_cpus <= pin_nr_cpus());
		for (unsigned int i = 0; i < threads; i++) {
			assert_true(CPU_ISSET(plan.cpus[i], &allowed));
			for (unsigned int j = 0; j < i && i < plan.nr_cpus; j++)
				assert_int_not_equal(plan.cpus[i], plan.cpus[j]);
			if (i >= plan.nr_cpus)
				assert_int_equal(plan.cpus[i], plan.cpus[i - plan.nr_cpus]);
		}
		if (policies[p] == PIN_COMPACT)
			assert_int_equal(plan.nr_cpus, pin_nr_cpus());
		pin_plan_free(&plan);
	}
}

static void a_pinned_thread_stays_there(void **state)
{
	struct pin_plan plan;
	struct error err;
	cpu_set_t before;

	(void)state;
	sched_getaffinity(0, sizeof(before), &before);
	assert_int_equal(pin_plan_make(&plan, PIN_COMPACT, pin_nr_cpus(), &err), 0);
	for (unsigned int i = 0; i < plan.nr_threads; i++) {
		assert_int_equal(pin_thread(plan.cpus[i]), 0);
		assert_int_equal(sched_getcpu(), plan.cpus[i]);
	}
	pin_plan_free(&plan);
	sched_setaffinity(0, sizeof(before), &before);
}

static void a_restricted_process_is_planned_within(void **state)
{
	struct pin_plan plan;
	struct error err;
	cpu_set_t before, one;
	int cpu = sched_getcpu();

	(void)state;
	sched_getaffinity(0, sizeof(before), &before);
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	assert_int_equal(pin_plan_make(&plan, PIN_COMPACT, 3, &err), 0);
	assert_int_equal(plan.nr_cpus, 1);
	for (unsigned int i = 0; i < 3; i++)
		assert_int_equal(plan.cpus[i], cpu);
	pin_plan_free(&plan);
	sched_setaffinity(0, sizeof(before), &before);
}

static void unpinned_threads_are_left_alone(void **state)
{
	struct pin_plan plan;
	struct error err;

	(void)state;
	assert_int_equal(pin_plan_make(&plan, PIN_NONE, 1024, &err), 0);
	assert_int_equal(plan.cpus[1023], -1);
	assert_int_equal(pin_thread(-1), 0);
	pin_plan_free(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plan_is_injective_and_allowed),
	    cmocka_unit_test(a_pinned_thread_stays_there),
	    cmocka_unit_test(a_restricted_process_is_planned_within),
	    cmocka_unit_test(unpinned_threads_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
