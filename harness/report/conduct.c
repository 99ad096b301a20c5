/* SPDX-License-Identifier: MIT */
/* Conditions during a sweep: CPU time lost to other virtual machines and processes, drift of the
 * machine's speed, and discarded time slices. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/comparison.h"
#include "harness/report/number.h"
#include "harness/report/parts.h"

static bool is_ceiling(const struct sweep_run *run)
{
	return !strcmp(run->id.implementation, "ceiling");
}

/* `brief` has no figures, so that it is the same for every sweep that has this warning. */
static void add_warning(json_t *warnings, const char *brief, json_t *what, const char *remedy)
{
	json_array_append_new(
	    warnings, json_pack("{s:s, s:o, s:s}", "brief", brief, "what", what, "remedy", remedy));
}

/* -- means over repetitions -- */

struct mean {
	double sum;
	size_t nr;
};

/* Adds value() of all repetitions, except those for which it returns NAN because their record lacks
 * the value. */
static void add_rounds(
    struct mean *mean, const struct sweep_run *run, double (*value)(const json_t *record))
{
	for (size_t r = 0; r < run->nr_rounds; r++) {
		const double one = value(run->rounds[r].record);

		if (!isnan(one)) {
			mean->sum += one;
			mean->nr++;
		}
	}
}

static double mean_value(const struct mean *mean)
{
	return mean->nr ? mean->sum / (double)mean->nr : NAN;
}

/* -- steal time -- */

/* Percentage of steal time above which its effect exceeds other noise. */
static const double STEAL_MAX = 1;

static double steal_of(const json_t *record)
{
	return member_number(json_object_get(record, "metrics"), "steal_percent");
}

static double steal_percent(const struct sweep *sweep)
{
	struct mean mean = {0};

	for (size_t i = 0; i < sweep->nr_runs; i++)
		add_rounds(&mean, &sweep->runs[i], steal_of);
	return mean_value(&mean);
}

static void warn_of_steal(json_t *warnings, double percent)
{
	if (percent > STEAL_MAX)
		add_warning(warnings, "the hypervisor took CPU time: results are too low and noisy",
		    json_sprintf(
			"the hypervisor took %.1f%% of the CPUs' time during the runs", percent),
		    "results are too low and noisy: use a quieter host, or bare metal");
}

/* -- the share of a CPU that each thread had -- */

/* If a design's threads used less than this percentage of a CPU, other processes must have used the
 * CPUs. The ceiling never waits. Other designs may wait half of the time, so their limit is
 * lower. */
static const double CEILING_MIN = 90, OTHERS_MIN = 50;

/* Returns a percentage. Returns NAN if the workload is timed in rounds, because its records then
 * lack the times of each thread. */
static double cpu_share_of(const json_t *record)
{
	double used = 0, time = 0;
	const json_t *thread;
	size_t i;

	json_array_foreach (json_object_get(record, "threads"), i, thread) {
		used += json_number_value(json_object_get(thread, "cpu_ns"));
		time += member_number(thread, "end_ns") - member_number(thread, "start_ns");
	}
	return used > 0 && time > 0 ? 100 * used / time : NAN;
}

/* Returns the mean percentage over the runs that passed and had a CPU for each thread: all of them,
 * or only those of the ceiling if `ceiling` is true. */
static double cpu_share(const struct report_sweep *sweep, bool ceiling)
{
	struct mean mean = {0};

	for (size_t i = 0; i < sweep->sweep.nr_runs; i++) {
		const struct sweep_run *run = &sweep->sweep.runs[i];

		if ((!ceiling || is_ceiling(run)) && !run->failure &&
		    (!sweep->nr_cpus || run->id.threads <= sweep->nr_cpus))
			add_rounds(&mean, run, cpu_share_of);
	}
	return mean_value(&mean);
}

static void warn_of_others(json_t *warnings, const struct report_sweep *sweep)
{
	const double of_ceiling = cpu_share(sweep, true);
	const bool has_ceiling = !isnan(of_ceiling);
	const double percent = has_ceiling ? of_ceiling : cpu_share(sweep, false);

	if (percent < (has_ceiling ? CEILING_MIN : OTHERS_MIN))
		add_warning(warnings, "the machine was in use: neither rates nor ratios are valid",
		    json_sprintf("the machine was in use: threads had only %.0f%% of a CPU, and "
				 "other processes had the rest%s",
			percent,
			has_ceiling ? "" : ", unless the designs themselves wait that long"),
		    "neither rates nor ratios are valid: stop other processes, and measure again");
}

/* -- drift: shown by the ceiling, which is measured in every round and involves no design -- */

/* Smallest drift that is reported. */
static const double LEAST_DRIFT = 0.02;

/* ENOUGH: measurements needed in each half. COMPARISONS: with this number, simultaneous_level() is
 * 99%. */
enum { ENOUGH = 4, COMPARISONS = 5 };

/* Measurements of the ceiling: their times, and their rates relative to the median of their
 * point. */
struct series {
	double *at, *rate;
	size_t nr;
};

static void add_ceiling(struct series *series, const struct sweep_run *run)
{
	size_t nr;
	double *values = sweep_run_values(run, "items_per_second", NULL, &nr);
	const double median = stats_median(values, nr);

	free(values);
	series->at = reallocate(series->at, series->nr + run->nr_rounds, sizeof(*series->at));
	series->rate = reallocate(series->rate, series->nr + run->nr_rounds, sizeof(*series->rate));
	for (size_t i = 0; i < run->nr_rounds && median > 0; i++) {
		series->at[series->nr] = run->rounds[i].at_seconds;
		series->rate[series->nr++] = run->rounds[i].items_per_second / median;
	}
}

/* Moves the rates before `middle` to the front. Returns their number. */
static size_t partition_rates(struct series *series, double middle)
{
	size_t nr_early = 0;

	for (size_t i = 0; i < series->nr; i++) {
		const double rate = series->rate[i];

		if (series->at[i] >= middle)
			continue;
		series->rate[i] = series->rate[nr_early];
		series->at[i] = series->at[nr_early];
		series->rate[nr_early++] = rate;
	}
	return nr_early;
}

/* Returns the ceiling's rate in the second half of the sweep relative to the first half. The ratio
 * is NAN if there are too few measurements. */
static struct round_ratio drift_of(const struct sweep *sweep, size_t *measurements)
{
	struct round_ratio ratio = {.value = NAN, .interval = no_interval};
	struct series series = {0};
	size_t early;

	for (size_t i = 0; i < sweep->nr_runs; i++) {
		if (is_ceiling(&sweep->runs[i]) && !sweep->runs[i].failure)
			add_ceiling(&series, &sweep->runs[i]);
	}
	early = partition_rates(&series, stats_median(series.at, series.nr));
	if (early >= ENOUGH && series.nr - early >= ENOUGH)
		ratio = ratio_of_sweeps(
		    series.rate, early, series.rate + early, series.nr - early, COMPARISONS, 0);
	*measurements = series.nr;
	free(series.at);
	free(series.rate);
	return ratio;
}

/* Returns whether the 99% interval excludes 1 and the ratio differs from 1 by more than 2%. */
static bool has_drifted(const struct round_ratio *ratio)
{
	return (ratio->simultaneous.low > 1 || ratio->simultaneous.high < 1) &&
	       fabs(log(ratio->value)) > log1p(LEAST_DRIFT);
}

static json_t *drift_words(const struct round_ratio *ratio)
{
	const struct interval interval = ratio->interval;

	if (!isfinite(ratio->value) || !isfinite(interval.high))
		return json_string(
		    "the machine drifted: the ceiling made no progress in a part of the sweep");
	return json_sprintf("the machine drifted: the ceiling changed by %+.1f%% (%+.1f%% to "
			    "%+.1f%%) in the second half of the sweep",
	    100 * (ratio->value - 1), 100 * (interval.low - 1), 100 * (interval.high - 1));
}

static json_t *add_drift(json_t *warnings, const struct sweep *sweep)
{
	size_t measurements;
	const struct round_ratio ratio = drift_of(sweep, &measurements);
	const bool known = !isnan(ratio.value), drifted = known && has_drifted(&ratio);

	if (drifted)
		add_warning(warnings,
		    "the machine drifted: ratios are valid, absolute values are not",
		    drift_words(&ratio),
		    "ratios are valid, because they are taken within rounds; absolute values are "
		    "not: "
		    "measure again when the machine is idle");
	return json_pack("{s:I, s:o, s:o, s:o, s:o}", "measurements", (json_int_t)measurements,
	    "drifted", known ? json_boolean(drifted) : json_null(), "ratio",
	    number_or_null(ratio.value), "low", number_or_null(ratio.interval.low), "high",
	    number_or_null(ratio.interval.high));
}

/* -- all conditions -- */

json_t *excluded_json(const struct sweep_run *runs, size_t nr)
{
	double total = 0, excluded = 0;

	for (size_t i = 0; i < nr; i++) {
		for (size_t r = 0; r < runs[i].nr_rounds; r++) {
			const json_t *slices = json_object_get(runs[i].rounds[r].record, "slices");

			excluded += json_number_value(json_object_get(slices, "set_aside"));
			total += json_number_value(json_object_get(slices, "total"));
		}
	}
	return measure_of_constant(total > 0 ? 100 * excluded / total : NAN, number_percent);
}

void add_conduct(json_t *json, const struct report_sweep *sweep)
{
	const double steal = steal_percent(&sweep->sweep);
	json_t *warnings = json_array();

	json_object_set_new(json, "precision", precision_json(sweep));
	json_object_set_new(json, "drift", add_drift(warnings, &sweep->sweep));
	json_object_set_new(json, "steal_percent", measure_of_constant(steal, number_percent));
	json_object_set_new(
	    json, "set_aside_percent", excluded_json(sweep->sweep.runs, sweep->sweep.nr_runs));
	warn_of_steal(warnings, steal);
	warn_of_others(warnings, sweep);
	json_object_set_new(json, "warnings", warnings);
}
