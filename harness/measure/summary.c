/* SPDX-License-Identifier: MIT */
#include "harness/measure/summary.h"

#include <math.h>
#include <stdbool.h>

static double thread_seconds(const struct run_thread *t)
{
	return (double)(t->end_ns - t->start_ns) * 1e-9;
}

static double counted_seconds(const struct run_thread *t)
{
	return (double)t->counted.ns * 1e-9;
}

/* Fairness is computed over the probers. Readers, the claimer and the unbinder do not compete with
 * them. */
static bool thread_probes(
    const struct run_spec *spec, const struct run_result *result, unsigned int i)
{
	const struct tally *t = &result->threads[i].tally;

	if (spec->claim_every_ns && i + 1 == spec->pins->nr_threads)
		return false;
	return t->pairs || !(t->queries || t->unbinds);
}

/* Computes Jain's index of the probers' rates, and the slowest rate divided by the fastest. If a
 * user holds all groups, no probe succeeds, so the rates count refusals. */
static void judge_fairness(const struct run_spec *spec, struct run_result *result)
{
	double sum = 0, squares = 0;
	double slowest = INFINITY, fastest = 0;
	unsigned int probers = 0;

	for (unsigned int i = 0; i < spec->pins->nr_threads; i++) {
		const struct run_thread *t = &result->threads[i];
		const struct tally *tally = &t->counted.tally;
		uint64_t items = spec->user_holds ? tally->refused : tally->pairs + tally->uses;
		double rate = (double)items / counted_seconds(t);

		if (!thread_probes(spec, result, i))
			continue;
		sum += rate;
		squares += rate * rate;
		slowest = fmin(slowest, rate);
		fastest = fmax(fastest, rate);
		probers++;
	}
	result->fairness = squares > 0 ? sum * sum / (probers * squares) : 1;
	result->slowest_of_fastest = fastest > 0 ? slowest / fastest : 1;
}

/* Adds up the threads' rates. Each rate covers the thread's own window, during which all other
 * threads run. */
static void sum_rates(struct run_result *result, unsigned int nr_threads)
{
	for (unsigned int i = 0; i < nr_threads; i++) {
		const struct run_thread *t = &result->threads[i];
		const struct tally *tally = &t->counted.tally;
		double seconds = counted_seconds(t);
		double rate = (double)(tally->pairs + tally->uses) / seconds;

		tally_add(&result->tally, &t->tally);
		tally_add(&result->counted, tally);
		result->per_second += rate;
		result->attempts_per_second += rate + (double)tally->refused / seconds;
		result->cpu_per_second += (double)t->cpu_ns * 1e-9 / thread_seconds(t);
		result->seconds += seconds / nr_threads;
	}
}

static void measure_skew(struct run_result *result, unsigned int nr_threads)
{
	uint64_t first_start = UINT64_MAX, last_start = 0;
	uint64_t first_end = UINT64_MAX, last_end = 0;

	for (unsigned int i = 0; i < nr_threads; i++) {
		const struct run_thread *t = &result->threads[i];

		first_start = t->start_ns < first_start ? t->start_ns : first_start;
		last_start = t->start_ns > last_start ? t->start_ns : last_start;
		first_end = t->end_ns < first_end ? t->end_ns : first_end;
		last_end = t->end_ns > last_end ? t->end_ns : last_end;
	}
	result->start_skew = (double)(last_start - first_start) * 1e-9;
	if (first_end > last_start)
		result->overlap =
		    (double)(first_end - last_start) / (double)(last_end - first_start);
}

/* Computes the rate for LOOP_BIND from the median round, because there is no window. */
static void sum_rounds(const struct run_spec *spec, struct run_result *result)
{
	for (unsigned int i = 0; i < spec->pins->nr_threads; i++)
		tally_add(&result->tally, &result->threads[i].tally);
	result->counted = result->tally;
	if (result->bind_median > 0)
		result->per_second = (double)spec->topology->nr_devices / result->bind_median;
	result->attempts_per_second = result->per_second;
	result->fairness = 1;
	result->slowest_of_fastest = 1;
	result->overlap = 1;
}

/* Computes the rate for LOOP_RACE: all trials, divided by the time of the slower thread. */
static void sum_races(struct run_result *result)
{
	struct race_count sum = race_sum(result->races);

	for (unsigned int i = 0; i < RACE_THREADS; i++) {
		double seconds = thread_seconds(&result->threads[i]);

		result->seconds = seconds > result->seconds ? seconds : result->seconds;
		result->cpu_per_second += (double)result->threads[i].cpu_ns * 1e-9 / seconds;
	}
	result->per_second = (double)sum.trials / result->seconds;
	result->attempts_per_second = result->per_second;
	result->fairness = 1;
	result->slowest_of_fastest = 1;
	result->overlap = 1;
}

void summary_make(const struct run_spec *spec, struct run_result *result)
{
	if (spec->loop == LOOP_BIND) {
		sum_rounds(spec, result);
		return;
	}
	if (spec->loop == LOOP_RACE) {
		sum_races(result);
		return;
	}
	sum_rates(result, spec->pins->nr_threads);
	judge_fairness(spec, result);
	measure_skew(result, spec->pins->nr_threads);
}
