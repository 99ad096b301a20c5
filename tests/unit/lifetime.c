/* SPDX-License-Identifier: MIT */
/* The memory that a run held, averaged over the time in which its threads ran. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../impl/lifetime/kref_gone.c"

#include "harness/lifetime/lifetime.h"
#include "harness/measure/clock.h"
#include "harness/measure/family.h"

static void wait_until(uint64_t ns)
{
	while (clock_ns() < ns)
		;
}

/* A user keeps a service beyond its unbind, and puts it at least a microsecond after that. */
static void hold_one(struct lifetime *l)
{
	struct consumer *user = lifetime_user(l, 0, 0);

	assert_int_equal(impl.get(user), 0);
	lifetime_unbind(l, 0, lifetime_user(l, 1, 0));
	wait_until(clock_ns() + 1000);
	impl.put(user);
}

/* The time that the check of a history takes after the threads have ended must not count. */
static void time_after_the_threads_does_not_count(void **state)
{
	struct error err;
	struct lifetime *l = lifetime_create(&impl, 1, 1, &err);
	struct instance instance = {.about = &impl.about, .ops = &impl};
	struct run_spec spec = {.instance = &instance};
	struct run_result result = {0};
	struct engine engine = {.spec = &spec, .result = &result, .family_data = l};
	double held;

	(void)state;
	assert_non_null(l);
	hold_one(l);
	family_lifetime.ended(&engine);
	held = result.figures[LIFETIME_HELD];
	assert_true(held > 0 && held <= result.figures[LIFETIME_HELD_MAX]);
	wait_until(clock_ns() + 10 * (clock_ns() - l->start_ns));
	family_lifetime.audit(&engine);
	assert_string_equal(result.failure, "");
	assert_true(result.figures[LIFETIME_HELD] == held);
	lifetime_destroy(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(time_after_the_threads_does_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
