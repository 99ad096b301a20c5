/* SPDX-License-Identifier: MIT */
/* C15: the cost of ownership in a probe, relative to the length of the driver's own probe. */
#include <math.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/measure/pin.h"

enum { MAX_REPETITIONS = 11 };

/* Ownership matters if it takes at least this share of a probe. */
static const double PART = 0.01;

/* If ownership takes the share PART of a probe whose length, in ns, is in this range, the verdict
 * is a boundary. */
static const double SHORTEST = 1e3, LONGEST = 1e7;

/* Stores in *out the nanoseconds of a probe and its remove in one of the threads. `hold` is the
 * length of the driver's own probe, in ns. */
static int pair_ns(const char *impl, unsigned int threads, uint64_t hold, double seconds,
    double *out, struct error *err)
{
	const struct experiment_run run = {.impl = impl,
	    .workload = "share",
	    .threads = threads,
	    .devices = threads > 8 ? threads : 8,
	    .hold_ns = hold,
	    .duration = seconds};
	double per_second;

	if (experiment_rate(&run, &per_second, err))
		return -1;
	*out = threads * 1e9 / per_second;
	return 0;
}

/* Stores in *out by how many nanoseconds a probe and its remove are slower with mutex_count than
 * with the ceiling. The two designs take turns, so that a disturbance of the machine affects
 * both. */
static int ownership_ns(unsigned int threads, uint64_t hold, size_t nr, double seconds, double *out,
    struct interval *around, struct error *err)
{
	double more[MAX_REPETITIONS];

	for (size_t i = 0; i < nr; i++) {
		double with = 0, without = 0;

		if (pair_ns("mutex_count", threads, hold, seconds / 2 / (double)nr, &with, err) ||
		    pair_ns("ceiling", threads, hold, seconds / 2 / (double)nr, &without, err))
			return -1;
		more[i] = with - without;
	}
	*out = stats_median(more, nr);
	*around = median_interval(more, nr, 0.95);
	return 0;
}

/* The interval begins at the cost for one uncontended thread, which is the least, and ends at the
 * cost for threads that do nothing else, which is the most. Longer probes contend less. */
static void judge_break_even(struct claim_result *result, double alone, struct interval alone_in)
{
	const struct interval even = interval_between(
	    fmin(alone_in.low / PART, result->low), fmax(alone_in.high / PART, result->high));

	result->verdict = rule_break_even(even, SHORTEST, LONGEST);
	claim_undecided(result, "a quieter machine: the cost of ownership is within the noise");
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary, sizeof(result->boundary),
		    "ownership slows a probe of less than %.1f us by more than %.0f%%, and one of "
		    "more than %.1f us by less; in between, it depends on how many threads probe",
		    fmin(alone / PART, result->value) / 1e3, PART * 100,
		    fmax(alone / PART, result->value) / 1e3);
}

static int run_c15(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	const unsigned int cpus = pin_nr_cpus(), storm = cpus > 1 ? cpus : 2;
	const size_t nr = options->quick ? 6 : MAX_REPETITIONS;
	const double seconds = options->seconds / 3;
	struct interval alone_in, storm_in, held_in;
	double alone, together, held;

	if (ownership_ns(1, 0, nr, seconds, &alone, &alone_in, err) ||
	    ownership_ns(storm, 0, nr, seconds, &together, &storm_in, err) ||
	    ownership_ns(storm, 10000, nr, seconds, &held, &held_in, err))
		return -1;
	claim_value(result, together / PART, storm_in.low / PART, storm_in.high / PART,
	    "ns: length of a probe of which ownership takes 1%");
	claim_figure(result,
	    "ownership adds %.0f ns (%.0f..%.0f) to a probe and its remove on an uncontended "
	    "thread, and %.0f ns (%.0f..%.0f) with %u threads that do nothing else in one group",
	    alone, alone_in.low, alone_in.high, together, storm_in.low, storm_in.high, storm);
	claim_figure(result,
	    "this cost is 1%% of an uncontended probe of %.1f us, or of a contended probe of %.1f "
	    "us (%.1f..%.1f)",
	    alone / PART / 1e3, result->value / 1e3, result->low / 1e3, result->high / 1e3);
	claim_figure(result,
	    "in a measurement with probes of 10 us on %u threads, ownership adds %.0f ns "
	    "(%.0f..%.0f), or %.2f%% (%.2f..%.2f)%s",
	    storm, held, held_in.low, held_in.high, held / 100, held_in.low / 100,
	    held_in.high / 100,
	    held_in.low <= 0 && held_in.high >= 0 ? ", which is within the noise" : "");
	judge_break_even(result, alone, alone_in);
	return 0;
}

const struct claim claim_c15 = {
    .id = "C15",
    .text = "Ownership bookkeeping is far off any fast path, and no matter for probe time",
    .where = MAIL_MURPHY_2022_02_22 ", both sides",
    .rule = "The figure is the length of a probe that spends 1% of its time on ownership, which is "
	    "100 times the difference in cost between mutex_count and the ceiling. The interval's "
	    "lower end is for one uncontended thread, its upper end for a thread on each CPU, all "
	    "probing and removing in one group (95% intervals over runs). Confirmed if the whole "
	    "interval is below 1 us, refuted if it is above 10 ms, otherwise a boundary.",
    .command = "ownbench run --workload=share --impl=mutex_count,ceiling --hold=10000",
    .run = run_c15,
};
