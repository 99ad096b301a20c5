/* SPDX-License-Identifier: MIT */
/* C10 and C11: the count under the mutex. C11 asks whether the count must be atomic. C10 asks
 * whether a query may read it without the mutex. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "bench/claims/timing.h"
#include "harness/stats/ratio.h"

static const char plain[] = "mutex_count", atomic[] = "mutex_count_atomic";
static const double TOLERANCE = 0.1;
enum { MAX_REPETITIONS = 21 };

/* -- C11 -- */

static int pair_ns(const char *impl, double seconds, double *out, struct error *err)
{
	const struct experiment_run run = {
	    .impl = impl, .workload = "share", .threads = 1, .devices = 8, .duration = seconds};
	double per_second;

	if (experiment_rate(&run, &per_second, err))
		return -1;
	*out = 1e9 / per_second;
	return 0;
}

/* The two designs take turns, so that a disturbance of the machine affects both. */
static int run_c11(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	double with[MAX_REPETITIONS], without[MAX_REPETITIONS];
	const size_t nr = options->quick ? 9 : MAX_REPETITIONS;
	const double seconds = options->seconds / (double)(3 * nr);
	static const char *const scenarios[] = {"two_removes", "two_probers", "nested", NULL};
	struct experiment_search search = {.exhausted = true};
	struct round_ratio ratio;

	if (experiment_explore(plain, scenarios, false, options->seconds / 4, &search, err))
		return -1;
	for (size_t i = 0; i < nr; i++) {
		if (pair_ns(atomic, seconds, &with[i], err) ||
		    pair_ns(plain, seconds, &without[i], err))
			return -1;
	}
	ratio = ratio_of_turns(with, without, nr);
	claim_value(result, ratio.value, ratio.interval.low, ratio.interval.high,
	    "times as long as with a plain count");
	claim_figure(result,
	    "one thread's probe and remove in a group of 8 devices take %.1f ns with a plain count "
	    "and %.1f ns with an atomic count, a ratio of %.2f (%.2f..%.2f)",
	    stats_median(without, nr), stats_median(with, nr), result->value, ratio.interval.low,
	    ratio.interval.high);
	claim_figure(result, "exploration of the plain count in %" PRIu64 " executions%s: %s",
	    search.executions, search.exhausted ? " (exhaustive)" : "",
	    search.faults ? "faults" : "no fault");
	result->verdict = rule_witness(search.faults, search.exhausted, CLAIM_REFUTED,
	    rule_above(ratio.interval, 1 / (1 + TOLERANCE)));
	claim_undecided(result, search.exhausted ? "a quieter machine: the interval is too wide"
						 : "more time: the exploration was not exhausted");
	return 0;
}

const struct claim claim_c11 = {
    .id = "C11",
    .text = "The count needs no atomic of its own under the mutex",
    .where = MAILS_OF_FEB_2022,
    .rule = "Confirmed if an atomic count is not faster than a plain count, and the plain count "
	    "has no fault. 'Not faster' means that the 95% interval (over runs) of the ratio of "
	    "the atomic count's time to the plain count's is above 0.91. 'No fault' means that an "
	    "exhausted exploration of two probers, two removers and nested claims finds none. "
	    "Refuted if the atomic count is faster, or if the plain count has a fault.",
    .command = "ownbench run --workload=share --threads=1 --impl=mutex_count,mutex_count_atomic",
    .run = run_c11,
};

/* -- C10 -- */

/* Records a history of queries, probes and claims, and adds the number of its operations to
 * *checked. Returns 1 if no order of the operations explains the queries' results, 0 if one does,
 * and -1 if the run failed. */
static int query_contradicted(
    const char *impl, double seconds, uint64_t *checked, struct error *err)
{
	const struct experiment_run run = {.impl = impl,
	    .workload = "query",
	    .threads = 2,
	    .devices = 8,
	    .check = CHECK_HISTORY,
	    .history = 50000,
	    .duration = seconds};
	struct run_result r;

	if (experiment_run(&run, &r, err))
		return -1;
	if (r.failure[0])
		return error_set(err, "%s", r.failure);
	*checked += r.recorded;
	return r.query[0] != '\0';
}

static int query_latency(const char *impl, double *out, struct error *err)
{
	struct bench_group group;
	double samples[9];

	if (bench_group_create(&group, impl, 8, err))
		return -1;
	for (int i = 0; i < 9; i++)
		samples[i] = timing_query(&group, 100000);
	bench_group_destroy(&group);
	*out = stats_median(samples, 9);
	return 0;
}

/* Stores in *out the pairs of probe and remove per second while another thread only queries. */
static int probes_beside_reader(const char *impl, double seconds, double *out, struct error *err)
{
	const struct experiment_run run = {
	    .impl = impl, .workload = "query", .threads = 2, .devices = 8, .duration = seconds};
	double samples[5];

	for (int i = 0; i < 5; i++) {
		if (experiment_rate(&run, &samples[i], err))
			return -1;
	}
	*out = stats_median(samples, 5);
	return 0;
}

/* Reports the other designs in whose histories no order explains the results of queries. Their
 * class does not change, because claimed() is racy by contract. */
static int report_others(double seconds, struct claim_result *result, struct error *err)
{
	static const char *const others[] = {"rcu_driver<urcu_memb>", "device_slots", "brlock_try",
	    "percpu_ref", "fetch_add_exact", "packed_cas"};
	char wrong[160] = "";
	uint64_t checked = 0;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		int found = query_contradicted(others[i], seconds / 6, &checked, err);
		size_t len = strlen(wrong);

		if (found < 0)
			return -1;
		if (found)
			snprintf(wrong + len, sizeof(wrong) - len, " %s", others[i]);
	}
	claim_figure(result,
	    "other designs (of 6) with query results that no order explains, in %" PRIu64
	    " operations:%s",
	    checked, wrong[0] ? wrong : " none seen");
	return 0;
}

static int run_c10(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static const char *const scenario[] = {"query", NULL};
	struct experiment_search search = {.exhausted = true};
	const int runs = options->quick ? 4 : 10;
	double locked, lockless, beside_locked = 0, beside_lockless = 0;
	uint64_t checked = 0, witnesses = 0;

	for (int i = 0; i < runs; i++) {
		int found = query_contradicted(atomic, options->seconds / 4 / runs, &checked, err);

		if (found < 0)
			return -1;
		witnesses += (uint64_t)found;
	}
	if (experiment_explore(atomic, scenario, false, options->seconds / 4, &search, err) ||
	    query_latency(plain, &locked, err) || query_latency(atomic, &lockless, err) ||
	    probes_beside_reader(plain, options->seconds / 50, &beside_locked, err) ||
	    probes_beside_reader(atomic, options->seconds / 50, &beside_lockless, err))
		return -1;
	claim_value(result, lockless, NAN, NAN, "ns per query without the lock");
	claim_figure(result,
	    "query results that no order explains: %s in the histories of %d runs with %" PRIu64
	    " operations, %s in %" PRIu64 " explored executions%s",
	    witnesses ? "some" : "none", runs, checked,
	    search.faults & FAULT_QUERY ? "some" : "none", search.executions,
	    search.exhausted ? " (exhaustive)" : "");
	claim_figure(result,
	    "an uncontended query takes %.1f ns with the mutex and %.1f ns without", locked,
	    lockless);
	claim_figure(result,
	    "beside a thread that only queries, another thread does %.1f million pairs of probe "
	    "and remove per second if queries take the mutex, and %.1f million if not (medians of "
	    "5 runs)",
	    beside_locked / 1e6, beside_lockless / 1e6);
	if (report_others(options->seconds / 4, result, err))
		return -1;
	result->verdict = rule_witness(witnesses + (search.faults & FAULT_QUERY),
	    search.exhausted && checked > 10000, CLAIM_REFUTED, CLAIM_CONFIRMED);
	claim_undecided(result,
	    "more time: too few operations were recorded, or the exploration was not exhausted");
	return 0;
}

const struct claim claim_c10 = {
    .id = "C10",
    .text = "The claimed() query needs no lock",
    .where = MAILS_OF_FEB_2022,
    .rule = "Refuted if no order of the operations explains a result of mutex_count_atomic's "
	    "claimed(), which reads the count without the mutex. Confirmed if every result is "
	    "explained, in recorded histories of more than 10000 operations and in an exhausted "
	    "exploration.",
    .command =
	"ownbench run --workload=query --check=history --impl=mutex_count_atomic --threads=2",
    .run = run_c10,
};
