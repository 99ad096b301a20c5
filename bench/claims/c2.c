/* SPDX-License-Identifier: MIT */
/* C2: the cost of the walk in a remove, and whether real groups are small enough to neglect it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/claims/claim.h"
#include "bench/claims/timing.h"
#include "bench/report/topologies.h"
#include "harness/stats/ratio.h"

/* At this ratio the walk adds as much as the whole remove of mutex_count takes. */
static const double LIMIT = 2;

static const size_t sizes[] = {1, 2, 4, 8, 12, 16, 24, 32, 64, 128, 256, 1024, 4096};
enum { NR_SIZES = sizeof(sizes) / sizeof(sizes[0]), MAX_REPETITIONS = 15 };

struct samples {
	size_t nr;
	double x[NR_SIZES][MAX_REPETITIONS];
};

/* Returns the number of removes to time: fewer in larger groups, so that each sample walks about
 * the same amount of memory and takes about as long. */
static size_t removes_for(size_t devices, bool cold, bool quick)
{
	size_t nr = (quick ? 20000 : 200000) / (cold ? 100 : 1);

	nr = nr * 8 / (devices + 8);
	return nr > 20 ? nr : 20;
}

static int measure_one(
    const char *impl, size_t size, bool cold, bool quick, double *out, struct error *err)
{
	struct bench_group group;
	size_t removes = removes_for(sizes[size], cold, quick);

	if (bench_group_create(&group, impl, sizes[size], err))
		return -1;
	*out = cold ? timing_remove_cold(&group, removes) : timing_remove_warm(&group, removes);
	bench_group_destroy(&group);
	return 0;
}

/* The two designs take turns, so that a disturbance of the machine affects both. */
static int measure_walk_and_count(
    struct samples *walk, struct samples *count, bool cold, bool quick, struct error *err)
{
	walk->nr = count->nr = quick ? 7 : MAX_REPETITIONS;
	for (size_t r = 0; r < walk->nr; r++) {
		for (size_t s = 0; s < NR_SIZES; s++) {
			if (measure_one("list_walk", s, cold, quick, &walk->x[s][r], err) ||
			    measure_one("mutex_count", s, cold, quick, &count->x[s][r], err))
				return -1;
		}
	}
	return 0;
}

static void ratios_by_size(
    const struct samples *walk, const struct samples *count, struct interval ratio[NR_SIZES])
{
	for (size_t s = 0; s < NR_SIZES; s++)
		ratio[s] = ratio_of_turns(walk->x[s], count->x[s], walk->nr).interval;
}

static double median_ratio(const struct samples *walk, const struct samples *count, size_t s)
{
	return ratio_of_turns(walk->x[s], count->x[s], walk->nr).value;
}

/* Stores in *out the exponent x with which the time to unbind a whole group of D devices grows
 * as D^x. */
static int unbind_growth(bool reverse, double *out, struct error *err)
{
	static const size_t few = 512, many = 4096;
	double seconds[2][5];
	struct bench_group group;

	for (int i = 0; i < 2; i++) {
		if (bench_group_create(&group, "list_walk", i ? many : few, err))
			return -1;
		for (int r = 0; r < 5; r++)
			seconds[i][r] = timing_unbind_all(&group, reverse);
		bench_group_destroy(&group);
	}
	*out = log2(stats_median(seconds[1], 5) / stats_median(seconds[0], 5)) /
	       log2((double)many / (double)few);
	return 0;
}

static void report_boundary(struct claim_result *result, const struct interval *ratio, size_t first,
    const struct topologies *real)
{
	size_t len;

	claim_boundary_sizes(result, sizes, rule_last_below(ratio, first, LIMIT), first);
	len = strlen(result->boundary);
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary + len, sizeof(result->boundary) - len,
		    "; %zu of the %zu real groups have %zu devices or more",
		    topologies_groups_of(real, sizes[first]), real->nr_groups, sizes[first]);
	claim_undecided(
	    result, "a quieter machine, or more repetitions: the intervals are too wide");
}

static void report_ratio(struct claim_result *result, const struct samples *walk,
    const struct samples *count, const struct interval *ratio, size_t s)
{
	claim_figure(result,
	    "a remove that walks a group of %zu takes %.2f times as long as one that counts "
	    "(%.2f..%.2f)",
	    sizes[s], median_ratio(walk, count, s), ratio[s].low, ratio[s].high);
}

/* -- the curve -- */

static void add_ratios(struct claim_ratio *out, const struct samples *walk,
    const struct samples *count, const struct interval *ratio)
{
	for (size_t s = 0; s < NR_SIZES; s++)
		out[s] =
		    (struct claim_ratio){median_ratio(walk, count, s), ratio[s].low, ratio[s].high};
}

static int add_real_groups(
    struct claim_curve *curve, const struct topologies *real, struct error *err)
{
	curve->nr_machines = real->nr;
	for (size_t size = 1; size <= real->largest; size++) {
		size_t nr = topologies_groups_of(real, size) - topologies_groups_of(real, size + 1);

		if (!nr)
			continue;
		if (curve->nr_real == CLAIM_CURVE_REAL)
			return error_set(err,
			    "results/topologies: more than %d different group sizes, which is the "
			    "most that a curve can hold",
			    CLAIM_CURVE_REAL);
		curve->real[curve->nr_real].devices = size;
		curve->real[curve->nr_real++].groups = nr;
	}
	return 0;
}

static int run_c2(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static struct samples walk, count, cold_walk, cold_count;
	struct interval ratio[NR_SIZES], cold[NR_SIZES];
	struct claim_curve *curve = &result->curve;
	struct topologies real;
	double best, worst;
	size_t first, cold_first, at;
	int ret;

	if (measure_walk_and_count(&walk, &count, false, options->quick, err) ||
	    measure_walk_and_count(&cold_walk, &cold_count, true, options->quick, err) ||
	    unbind_growth(true, &best, err) || unbind_growth(false, &worst, err) ||
	    topologies_load(&real, err))
		return -1;
	ratios_by_size(&walk, &count, ratio);
	ratios_by_size(&cold_walk, &cold_count, cold);
	result->verdict = rule_stays_below(ratio, NR_SIZES, LIMIT, &first);
	rule_stays_below(cold, NR_SIZES, LIMIT, &cold_first);
	report_boundary(result, ratio, first, &real);
	at = first < NR_SIZES ? first : NR_SIZES - 1;
	claim_value(result, median_ratio(&walk, &count, at), ratio[at].low, ratio[at].high,
	    "times as long as a remove that counts");
	if (at)
		report_ratio(result, &walk, &count, ratio, at - 1);
	report_ratio(result, &walk, &count, ratio, at);
	claim_figure(result,
	    "a remove that walks a group of 4096 takes %.0f times as long as one that counts, %.0f "
	    "ns against %.0f ns",
	    median_ratio(&walk, &count, NR_SIZES - 1), stats_median(walk.x[NR_SIZES - 1], walk.nr),
	    stats_median(count.x[NR_SIZES - 1], count.nr));
	if (cold_first < NR_SIZES)
		claim_figure(result,
		    "with cold caches, a remove that walks takes more than twice as long as one "
		    "that counts in groups of %zu or more",
		    sizes[cold_first]);
	claim_figure(result,
	    "the time to unbind a whole group of D = 512 to 4096 devices grows as D^%.2f "
	    "in list order and as D^%.2f in reverse",
	    worst, best);
	claim_figure(result,
	    "the largest of %zu real groups on %zu machines has %zu devices, the median group %zu",
	    real.nr_groups, real.nr, real.largest, real.median);
	curve->limit = LIMIT;
	curve->boundary = first < NR_SIZES ? sizes[first] : 0;
	curve->nr = NR_SIZES;
	memcpy(curve->devices, sizes, sizeof(sizes));
	add_ratios(curve->warm, &walk, &count, ratio);
	add_ratios(curve->cold, &cold_walk, &cold_count, cold);
	ret = add_real_groups(curve, &real, err);
	topologies_free(&real);
	return ret;
}

const struct claim claim_c2 = {
    .id = "C2",
    .text = "The walk's cost is negligible; groups are not large",
    .where = MAIL_MURPHY_2022_02_22,
    .rule = "The figure is a ratio: the time of a remove that walks to the time of a remove that "
	    "counts, with siblings unbound and warm caches. Confirmed if its 95% interval is below "
	    "2 for all groups of up to 4096 devices. Refuted if it is above 2 for all of them. "
	    "Otherwise the boundary lies between the largest group with a ratio below 2 and the "
	    "smallest size from which all groups have ratios above 2.",
    .command = "ownbench run --workload=share --threads=1 --devices=1,8,32,128,512,4096 "
	       "--impl=list_walk,mutex_count",
    .run = run_c2,
};
