/* SPDX-License-Identifier: MIT */
/* Checks which slices of a window count, given made-up time stamps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "harness/aligned.h"
#include "harness/measure/engine.h"
#include "harness/measure/isolate.h"
#include "harness/measure/slices.h"
#include "harness/measure/summary.h"

enum { SLICE_NS = 1000000, LOOK_NS = 50000, PAIRS = 1000, SLICES = 10, THREADS = 3, MANY = 256 };

struct fixture {
	struct slice_log *logs;
	unsigned int nr_threads;
	struct slices slices;
	struct slice_span *spans;
	size_t nr_spans;
};

/* A thread that does PAIRS in each slice and is never disturbed. */
static void run_undisturbed(struct slice_log *log)
{
	slice_log_begin(log, 0);
	for (uint32_t s = 0; s <= SLICES; s++) {
		log->stamps[s] = (struct slice_stamp){
		    .ns = (uint64_t)s * SLICE_NS,
		    .longest_ns = LOOK_NS,
		    .slice = s,
		    .tally = {.pairs = (uint64_t)s * PAIRS},
		};
	}
	atomic_store(&log->nr, SLICES + 1);
}

static struct slice_log *logs_create(unsigned int nr_threads)
{
	struct slice_log *logs = aligned_zeroed(nr_threads * sizeof(*logs), BUS_ALIGN);

	assert_non_null(logs);
	for (unsigned int i = 0; i < nr_threads; i++) {
		assert_int_equal(slice_log_create(&logs[i], SLICE_NS, SLICES + 1), 0);
		run_undisturbed(&logs[i]);
	}
	return logs;
}

static struct fixture *create_fixture(unsigned int nr_threads)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->nr_threads = nr_threads;
	f->logs = logs_create(nr_threads);
	return f;
}

static int set_up(void **state)
{
	*state = create_fixture(THREADS);
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	for (unsigned int i = 0; i < f->nr_threads; i++)
		slice_log_destroy(&f->logs[i]);
	free(f->logs);
	free(f->spans);
	free(f);
	return 0;
}

static void judge_slices(struct fixture *f)
{
	f->spans = slices_judge(f->logs, f->nr_threads, &f->nr_spans, &f->slices);
	assert_non_null(f->spans);
}

static void expect_slices(
    const struct fixture *f, unsigned int total, unsigned int preempted, unsigned int late)
{
	assert_int_equal(f->slices.total, total);
	assert_int_equal(f->slices.preempted, preempted);
	assert_int_equal(f->slices.late, late);
	assert_int_equal(f->slices.excluded, preempted + late);
	for (unsigned int i = 0; i < f->nr_threads; i++) {
		const struct counted sum = slices_sum(&f->logs[i], f->spans, f->nr_spans);

		assert_int_equal(sum.ns, (uint64_t)(total - f->slices.excluded) * SLICE_NS);
	}
}

static void switch_out(struct slice_log *log, size_t slice)
{
	for (size_t s = slice + 1; s <= SLICES; s++)
		log->stamps[s].involuntary++;
}

static void sleep_once(struct slice_log *log, size_t slice)
{
	for (size_t s = slice + 1; s <= SLICES; s++)
		log->stamps[s].voluntary++;
}

static void wait_for_cpu(struct slice_log *log, size_t slice, uint64_t ns)
{
	for (size_t s = slice + 1; s <= SLICES; s++)
		log->stamps[s].waited_ns += ns;
}

static void forget_stamp(struct slice_log *log, size_t stamp)
{
	const size_t nr = atomic_load(&log->nr);

	for (size_t s = stamp; s + 1 < nr; s++)
		log->stamps[s] = log->stamps[s + 1];
	atomic_store(&log->nr, nr - 1);
}

/* -- which slices count -- */

static void all_of_undisturbed_threads(void **state)
{
	struct fixture *f = *state;

	judge_slices(f);
	expect_slices(f, SLICES, 0, 0);
	assert_false(f->slices.all_disturbed);
	assert_int_equal(
	    slices_sum(&f->logs[1], f->spans, f->nr_spans).tally.pairs, SLICES * PAIRS);
}

static void not_for_any_thread_if_one_is_preempted(void **state)
{
	struct fixture *f = *state;

	/* If the other threads did pairs only in that slice, these must not count. */
	for (size_t s = 5; s <= SLICES; s++)
		f->logs[0].stamps[s].tally.pairs += 100UL * PAIRS;
	switch_out(&f->logs[2], 4);
	judge_slices(f);
	expect_slices(f, SLICES, 1, 0);
	for (unsigned int i = 0; i < THREADS; i++) {
		const struct counted sum = slices_sum(&f->logs[i], f->spans, f->nr_spans);

		assert_int_equal(sum.tally.pairs, (SLICES - 1) * PAIRS);
	}
}

static void not_if_one_of_many_is_preempted(void **state)
{
	struct fixture *f = create_fixture(MANY);
	void *own = f;

	(void)state;
	switch_out(&f->logs[MANY - 1], SLICES - 1);
	judge_slices(f);
	expect_slices(f, SLICES, 1, 0);
	tear_down(&own);
}

static void not_if_a_thread_stands_still(void **state)
{
	struct fixture *f = *state;

	f->logs[1].stamps[4].longest_ns = SLICE_NS / 2;
	judge_slices(f);
	expect_slices(f, SLICES, 0, 1);
}

static void a_slice_has_one_reason(void **state)
{
	struct fixture *f = *state;

	f->logs[0].stamps[4].longest_ns = SLICE_NS / 2;
	switch_out(&f->logs[1], 3);
	f->logs[2].stamps[4].longest_ns = SLICE_NS / 2;
	judge_slices(f);
	expect_slices(f, SLICES, 1, 0);
}

static void small_gaps_are_not_late(void **state)
{
	struct fixture *f = *state;

	for (size_t s = 1; s <= SLICES; s++)
		f->logs[0].stamps[s].longest_ns = LOOK_NS / 10;
	f->logs[0].stamps[4].longest_ns =
	    LOOK_NS; /* ten times the usual time, but a small fraction of a slice */
	judge_slices(f);
	expect_slices(f, SLICES, 0, 0);
}

static void long_steps_are_not_late(void **state)
{
	struct fixture *f = *state;

	for (size_t s = 1; s <= SLICES; s++)
		f->logs[0].stamps[s].longest_ns = SLICE_NS / 2;
	judge_slices(f);
	expect_slices(f, SLICES, 0, 0);
}

static void sleeping_threads_are_not_late(void **state)
{
	struct fixture *f = *state;

	f->logs[0].stamps[4].longest_ns = SLICE_NS / 2;
	sleep_once(&f->logs[0], 3);
	wait_for_cpu(&f->logs[0], 3, SLICE_NS / 100);
	judge_slices(f);
	expect_slices(f, SLICES, 0, 0);
}

static void woken_threads_without_a_cpu_are_late(void **state)
{
	struct fixture *f = *state;

	sleep_once(&f->logs[0], 3);
	wait_for_cpu(&f->logs[0], 3, SLICE_NS / 4);
	judge_slices(f);
	expect_slices(f, SLICES, 0, 1);
}

/* The disturbed thread runs again in the middle of slice 5, so the others ran without it until
 * then. */
static void disturbance_lasting_into_the_next_slice(void **state)
{
	struct fixture *f = *state;

	switch_out(&f->logs[0], 4);
	f->logs[0].stamps[5].ns += SLICE_NS / 2;
	judge_slices(f);
	assert_int_equal(f->slices.preempted, 2);
	assert_int_equal(f->spans[3].verdict, SPAN_COUNTS);
	assert_int_equal(f->spans[4].verdict, SPAN_PREEMPTED);
	assert_int_equal(f->spans[5].verdict, SPAN_PREEMPTED);
	assert_int_equal(f->spans[6].verdict, SPAN_COUNTS);
}

static void slices_without_a_stamp_are_one_span(void **state)
{
	struct fixture *f = *state;

	forget_stamp(&f->logs[2], 3);
	forget_stamp(&f->logs[0], 4);
	switch_out(&f->logs[1], 3);
	judge_slices(f);
	assert_int_equal(f->nr_spans, SLICES - 2);
	assert_int_equal(f->spans[2].first, 2);
	assert_int_equal(f->spans[2].end, 5);
	expect_slices(f, SLICES, 3, 0);
}

static void a_thread_without_an_end_ends_all(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->logs[1].nr, 4);
	judge_slices(f);
	expect_slices(f, 3, 0, 0);
}

static void none_without_stamps(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->logs[1].nr, 0);
	judge_slices(f);
	expect_slices(f, 0, 0, 0);
	assert_false(f->slices.all_disturbed);
}

/* No slice is common to all threads, because steps are long or threads lose their CPUs in turn. */
static void threads_without_a_common_slice(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->logs[0].nr, 2);
	for (size_t s = 0; s < 2; s++)
		forget_stamp(&f->logs[1], 0);
	judge_slices(f);
	expect_slices(f, 0, 0, 0);
	assert_false(f->slices.all_disturbed);
	free(f->spans);
	switch_out(&f->logs[1], 4);
	judge_slices(f);
	expect_slices(f, SLICES, SLICES, 0);
	assert_true(f->slices.all_disturbed);
}

static void all_slices_disturbed_is_reported(void **state)
{
	struct fixture *f = *state;

	for (size_t s = 0; s < SLICES; s++)
		switch_out(&f->logs[s % THREADS], s);
	judge_slices(f);
	expect_slices(f, SLICES, SLICES, 0);
	assert_true(f->slices.all_disturbed);
}

/* -- stamps -- */

static void the_first_look_in_a_slice_is_stamped(void **state)
{
	const uint64_t begin = 7UL * SLICE_NS;
	const uint64_t looks[] = {10, 400000, 999999, 1000000, 1300000, 4100000};
	static const uint32_t slices[] = {0, 1, 4};
	static const uint64_t longest[] = {10, 599999, 2800000};
	struct fixture *f = *state;
	struct slice_log *log = &f->logs[0];

	log->longest_ns = SLICE_NS; /* a gap before the window, which must not count */
	slice_log_begin(log, begin);
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		const struct tally tally = {.pairs = i};

		slice_log_look(log, begin + looks[i], &tally);
	}
	assert_int_equal(atomic_load(&log->nr), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(log->stamps[i].slice, slices[i]);
		assert_int_equal(log->stamps[i].longest_ns, longest[i]);
	}
	assert_int_equal(log->stamps[1].tally.pairs, 3);
	assert_int_equal(log->stamps[1].ns, begin + 1000000);
}

static void a_full_log_takes_no_more(void **state)
{
	struct fixture *f = *state;
	const struct slice_stamp last = f->logs[0].stamps[SLICES];
	const struct tally tally = {.pairs = 1};

	f->logs[0].next_ns = (SLICES + 1UL) * SLICE_NS;
	slice_log_look(&f->logs[0], (SLICES + 1UL) * SLICE_NS, &tally);
	assert_int_equal(atomic_load(&f->logs[0].nr), SLICES + 1);
	assert_memory_equal(&f->logs[0].stamps[SLICES], &last, sizeof(last));
}

static void lengths_divide_the_window(void **state)
{
	(void)state;
	assert_int_equal(slice_length_ns(0.001), 1000000);
	assert_int_equal(slice_length_ns(0.1), 2000000);
	assert_int_equal(slice_length_ns(0.005), 2500000);
	assert_int_equal(slice_length_ns(3600), 3600000000); /* at most 1000 slices */
}

/* -- warm-up -- */

/* From this slice on, all threads do this number of pairs per slice. */
static void change_rate(struct fixture *f, size_t slice, uint64_t pairs)
{
	for (unsigned int i = 0; i < f->nr_threads; i++) {
		struct slice_stamp *stamps = f->logs[i].stamps;

		for (size_t s = slice + 1; s <= SLICES; s++)
			stamps[s].tally.pairs = stamps[s - 1].tally.pairs + pairs;
	}
}

static void an_even_rate_is_steady(void **state)
{
	struct fixture *f = *state;

	assert_true(slices_steady(f->logs, f->nr_threads));
}

static void a_rate_that_moved_is_not(void **state)
{
	struct fixture *f = *state;

	change_rate(f, SLICES - 3, 2UL * PAIRS);
	assert_false(slices_steady(f->logs, f->nr_threads));
	change_rate(f, SLICES - 3, PAIRS / 2);
	assert_false(slices_steady(f->logs, f->nr_threads));
}

static void a_burst_does_not_count(void **state)
{
	struct fixture *f = *state;

	change_rate(f, SLICES - 2, 10UL * PAIRS);
	change_rate(f, SLICES - 1, PAIRS);
	assert_true(slices_steady(f->logs, f->nr_threads));
}

static void too_few_undisturbed_slices_are_not_steady(void **state)
{
	struct fixture *f = *state;

	for (size_t s = 0; s < SLICES / 2; s++)
		switch_out(&f->logs[0], s);
	assert_int_equal(slices_undisturbed(f->logs, f->nr_threads), SLICES - SLICES / 2);
	assert_false(slices_steady(f->logs, f->nr_threads));
}

static void no_stamps_are_not_steady(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->logs[0].nr, 0);
	assert_false(slices_steady(f->logs, f->nr_threads));
}

/* -- what a run computes from the slices -- */

struct run {
	int cpus[THREADS];
	struct pin_plan pins;
	struct run_spec spec;
	struct engine engine;
	struct run_result *result;
};

/* A run as its threads left it, with windows of SLICES whole slices and a million pairs each. */
static void run_create(struct run *run)
{
	struct error err;

	*run = (struct run){.pins = {.cpus = run->cpus, .nr_threads = THREADS}};
	run->spec.pins = &run->pins;
	run->result = run_result_create(THREADS, &err);
	assert_non_null(run->result);
	run->engine = (struct engine){.spec = &run->spec,
	    .result = run->result,
	    .nr_threads = THREADS,
	    .slice_ns = SLICE_NS,
	    .logs = logs_create(THREADS)};
	for (unsigned int i = 0; i < THREADS; i++) {
		run->result->threads[i].end_ns = (uint64_t)SLICES * SLICE_NS;
		run->result->threads[i].tally.pairs = 1000000;
	}
}

static void run_end(struct run *run)
{
	window_finish(&run->engine);
	summary_make(&run->spec, run->result);
}

static void rates_are_those_of_undisturbed_slices(void **state)
{
	struct run run;
	const double per_thread = PAIRS / (SLICE_NS * 1e-9);

	(void)state;
	run_create(&run);
	switch_out(&run.engine.logs[1], 2);
	run.engine.logs[2].stamps[8].longest_ns = SLICE_NS;
	run_end(&run);
	assert_int_equal(run.result->slices.excluded, 2);
	assert_float_equal(run.result->per_second, THREADS * per_thread, 1);
	assert_float_equal(run.result->fairness, 1, 1e-9);
	assert_int_equal(run.result->counted.pairs, THREADS * (SLICES - 2) * PAIRS);
	assert_int_equal(run.result->tally.pairs, THREADS * 1000000);
	run_result_destroy(run.result, THREADS);
}

static void whole_windows_count_if_all_are_disturbed(void **state)
{
	struct run run;

	(void)state;
	run_create(&run);
	for (size_t s = 0; s < SLICES; s++)
		switch_out(&run.engine.logs[0], s);
	run_end(&run);
	assert_true(run.result->slices.all_disturbed);
	assert_float_equal(
	    run.result->per_second, THREADS * 1000000 / (SLICES * SLICE_NS * 1e-9), 1);
	assert_int_equal(run.result->counted.pairs, THREADS * 1000000);
	run_result_destroy(run.result, THREADS);
}

static void whole_windows_count_without_slices(void **state)
{
	struct run run;

	(void)state;
	run_create(&run);
	for (unsigned int i = 0; i < THREADS; i++)
		atomic_store(&run.engine.logs[i].nr, 1);
	run_end(&run);
	assert_false(run.result->slices.all_disturbed);
	assert_int_equal(run.result->counted.pairs, THREADS * 1000000);
	run_result_destroy(run.result, THREADS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(all_of_undisturbed_threads),
	    TEST(not_for_any_thread_if_one_is_preempted),
	    cmocka_unit_test(not_if_one_of_many_is_preempted),
	    TEST(not_if_a_thread_stands_still),
	    TEST(a_slice_has_one_reason),
	    TEST(small_gaps_are_not_late),
	    TEST(long_steps_are_not_late),
	    TEST(sleeping_threads_are_not_late),
	    TEST(woken_threads_without_a_cpu_are_late),
	    TEST(disturbance_lasting_into_the_next_slice),
	    TEST(slices_without_a_stamp_are_one_span),
	    TEST(a_thread_without_an_end_ends_all),
	    TEST(none_without_stamps),
	    TEST(threads_without_a_common_slice),
	    TEST(all_slices_disturbed_is_reported),
	    TEST(the_first_look_in_a_slice_is_stamped),
	    TEST(a_full_log_takes_no_more),
	    cmocka_unit_test(lengths_divide_the_window),
	    TEST(an_even_rate_is_steady),
	    TEST(a_rate_that_moved_is_not),
	    TEST(a_burst_does_not_count),
	    TEST(too_few_undisturbed_slices_are_not_steady),
	    TEST(no_stamps_are_not_steady),
	    cmocka_unit_test(rates_are_those_of_undisturbed_slices),
	    cmocka_unit_test(whole_windows_count_if_all_are_disturbed),
	    cmocka_unit_test(whole_windows_count_without_slices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
