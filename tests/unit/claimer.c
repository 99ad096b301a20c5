/* SPDX-License-Identifier: MIT */
/* Checks which claims of a user that claims at a fixed rate are counted, and as what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "../../impl/mutex_count.c"

#include "harness/aligned.h"
#include "harness/measure/claimer.h"
#include "harness/measure/latency.h"
#include "harness/model/model.h"

struct fixture {
	struct model model;
	struct instance instance;
	struct run_spec spec;
	struct engine engine;
	struct engine_thread thread;
	struct latency latency;
	struct claimer claimer;
	uintptr_t trace[1];
};

/* One group with one device. The window is open, and a claim is always due. */
static int set_up(void **state)
{
	struct fixture *f = aligned_zeroed(sizeof(*f), BUS_ALIGN);
	struct topology topology;
	struct error err;

	assert_non_null(f);
	assert_int_equal(topology_uniform(1, 1, &topology, &err), 0);
	assert_int_equal(model_create(&f->model, &impl, &topology, &err), 0);
	topology_free(&topology);
	f->instance.ops = &impl;
	f->spec.instance = &f->instance;
	f->engine.spec = &f->spec;
	f->trace[0] = step_make(f->model.devices[0], STEP_PAIR);
	f->thread.engine = &f->engine;
	f->thread.worker.trace = f->trace;
	f->thread.latency = latency_mine = &f->latency;
	f->latency.on = true;
	claimer_begin(&f->thread, &f->claimer);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	model_destroy(&f->model);
	free(f);
	return 0;
}

/* Closes the window as a run's threads do. */
static void close_window(struct fixture *f)
{
	f->latency.on = false;
	claimer_close(&f->thread, &f->claimer);
}

static void expect_claims(const struct fixture *f, uint64_t granted, uint64_t unsuccessful)
{
	assert_int_equal(f->latency.ops[LATENCY_CLAIM_SUCCESS].count, granted);
	assert_int_equal(f->latency.unsuccessful, unsuccessful);
}

static void granted_in_the_window(void **state)
{
	struct fixture *f = *state;

	claimer_step(&f->thread, &f->claimer);
	close_window(f);
	expect_claims(f, 1, 0);
	assert_int_equal(f->latency.ops[LATENCY_CLAIM_GRANTED].count, 1);
	assert_int_equal(f->latency.ops[LATENCY_CLAIM_REFUSED].count, 0);
}

static void never_granted(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(impl.use_default_domain(f->model.devices[0]), 0);
	claimer_step(&f->thread, &f->claimer);
	claimer_step(&f->thread, &f->claimer);
	close_window(f);
	expect_claims(f, 0, 1);
	assert_int_equal(f->thread.worker.tally.claims_refused, 2);
	assert_int_equal(f->latency.ops[LATENCY_CLAIM_GRANTED].count, 0);
	assert_int_equal(f->latency.ops[LATENCY_CLAIM_REFUSED].count, 2);
}

static void granted_when_the_window_is_closed(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(impl.use_default_domain(f->model.devices[0]), 0);
	claimer_step(&f->thread, &f->claimer);
	close_window(f);
	assert_int_equal(impl.unuse_default_domain(f->model.devices[0]), 0);
	claimer_step(&f->thread, &f->claimer);
	assert_int_equal(f->thread.worker.tally.claims, 1);
	expect_claims(f, 0, 1);
}

static void not_before_a_claim_is_due(void **state)
{
	struct fixture *f = *state;

	f->spec.claim_every_ns = 3600000000000;
	claimer_begin(&f->thread, &f->claimer);
	claimer_step(&f->thread, &f->claimer);
	close_window(f);
	assert_int_equal(f->latency.ops[LATENCY_CLAIM_GRANTED].count, 0);
	expect_claims(f, 0, 0);
}

static void begun_when_the_window_is_closed(void **state)
{
	struct fixture *f = *state;

	close_window(f);
	assert_int_equal(impl.use_default_domain(f->model.devices[0]), 0);
	claimer_step(&f->thread, &f->claimer);
	expect_claims(f, 0, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(granted_in_the_window),
	    TEST(never_granted),
	    TEST(granted_when_the_window_is_closed),
	    TEST(not_before_a_claim_is_due),
	    TEST(begun_when_the_window_is_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
