/* SPDX-License-Identifier: MIT */
/* C1: how long a probe waits while a sibling is removed, by the size of the group. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "bench/claims/claim.h"
#include "bench/claims/timing.h"
#include "harness/measure/clock.h"
#include "harness/measure/delay.h"
#include "harness/measure/pin.h"

static const size_t sizes[] = {2, 8, 32, 128, 512, 4096};
enum { NR_SIZES = sizeof(sizes) / sizeof(sizes[0]), MAX_REPETITIONS = 25, MAX_PROBES = 20000 };

static const char *const designs[] = {"mutex_count", "list_walk", "list_walk_repaired"};
enum { COUNT, WALK, REPAIRED, NR_DESIGNS };

/* A probe counts as affected if the ratio p99(list_walk) / p99(mutex_count) is this many times its
 * value in groups of two devices. In a group of two the walk visits only the prober's and the
 * remover's device, so the ratio there is the design's own cost. */
static const double LIMIT = 1.5;

struct remover {
	struct bench_group *group;
	int cpu;
	/* The remover stops at this time by itself. Otherwise a prober that never gets the mutex
	 * would wait forever. */
	uint64_t end_ns;
	_Atomic(bool) stop;
	_Atomic(bool) started;
};

/* Pauses after a remove, in ns. The remover pauses so that a waiting prober can get the mutex. The
 * prober pauses for a random time below PROBER_GAP_NS, so that it arrives at any point of the
 * remover's critical section. */
enum { GAP_NS = 1000, PROBER_GAP_NS = 8192 };

static double turns_per_ns;

/* Probes and removes the last device in the list, so that the walk visits all others first. */
static void *remover_main(void *arg)
{
	struct remover *r = arg;
	struct bench_group *g = r->group;
	struct device *dev = bench_device(g, g->model.nr_devices - 1);

	pin_thread(r->cpu);
	atomic_store_explicit(&r->started, true, memory_order_relaxed);
	while (!atomic_load_explicit(&r->stop, memory_order_relaxed) && clock_ns() < r->end_ns) {
		bus_probe(g->impl, dev, &g->driver, BUS_FAIL_NONE, BUS_PATH_OPS);
		bus_remove(g->impl, dev, BUS_PATH_OPS);
		delay_turns((uint64_t)(GAP_NS * turns_per_ns));
	}
	return NULL;
}

static void probe_for(struct bench_group *g, double *ns, size_t *nr, double seconds)
{
	struct device *dev = bench_device(g, 0);
	const uint64_t end = clock_ns() + (uint64_t)(seconds * 1e9);
	uint32_t random = 1;

	for (*nr = 0; *nr < MAX_PROBES; ++*nr) {
		uint64_t start = clock_ns(), ended;

		if (start >= end)
			break;
		bus_probe(g->impl, dev, &g->driver, BUS_FAIL_NONE, BUS_PATH_OPS);
		ended = clock_ns();
		ns[*nr] = (double)(ended - start);
		bus_remove(g->impl, dev, BUS_PATH_OPS);
		/* Linear congruential generator from Numerical Recipes. */
		random = random * 1664525 + 1013904223;
		delay_turns((uint64_t)((random >> 16) % PROBER_GAP_NS * turns_per_ns));
	}
}

struct quantiles {
	double p50, p99;
};

static int measure_one(const char *impl, size_t devices, const struct pin_plan *pins,
    double seconds, struct quantiles *out, struct error *err)
{
	static double ns[MAX_PROBES];
	struct bench_group group;
	struct remover remover = {.group = &group, .cpu = pins->cpus[1]};
	pthread_t thread;
	size_t nr;

	if (bench_group_create(&group, impl, devices, err))
		return -1;
	pin_thread(pins->cpus[0]);
	remover.end_ns = clock_ns() + (uint64_t)(2 * seconds * 1e9);
	if (pthread_create(&thread, NULL, remover_main, &remover))
		return error_set(err, "cannot start a thread");
	while (!atomic_load_explicit(&remover.started, memory_order_relaxed))
		sched_yield();
	probe_for(&group, ns, &nr, seconds);
	atomic_store_explicit(&remover.stop, true, memory_order_relaxed);
	pthread_join(thread, NULL);
	bench_group_destroy(&group);
	*out = (struct quantiles){stats_median(ns, nr), stats_quantile(ns, nr, 0.99)};
	return 0;
}

struct samples {
	/* Percentiles in ns, by round. */
	double p50[MAX_REPETITIONS], p99[MAX_REPETITIONS];
};

static int measure_probes(const struct pin_plan *pins, size_t nr, double seconds,
    struct samples of[NR_DESIGNS][NR_SIZES], struct error *err)
{
	const double each = seconds / (double)(nr * NR_DESIGNS * NR_SIZES);

	for (size_t r = 0; r < nr; r++) {
		for (int i = 0; i < NR_DESIGNS * NR_SIZES; i++) {
			struct samples *s = &of[i % NR_DESIGNS][i / NR_DESIGNS];
			struct quantiles q = {0};

			if (measure_one(designs[i % NR_DESIGNS], sizes[i / NR_DESIGNS], pins, each,
				&q, err))
				return -1;
			s->p50[r] = q.p50;
			s->p99[r] = q.p99;
		}
	}
	return 0;
}

static void report_size(
    struct claim_result *result, struct samples of[NR_DESIGNS][NR_SIZES], size_t nr, size_t size)
{
	for (int d = 0; d < NR_DESIGNS; d++)
		claim_figure(result, "%s, group of %zu: probe p50 %.0f ns, p99 %.0f ns", designs[d],
		    sizes[size], stats_median(of[d][size].p50, nr),
		    stats_median(of[d][size].p99, nr));
}

/* A ratio for each size of group: its median over the rounds, and the median's 95% interval. */
struct by_size {
	double median[NR_SIZES];
	struct interval around[NR_SIZES];
};

/* Computes two ratios for each round: `ratio` is list_walk's p99 divided by mutex_count's, and
 * `growth` is `ratio` divided by its value in the smallest group. */
static void compare_designs(struct samples of[NR_DESIGNS][NR_SIZES], size_t nr,
    struct by_size *ratio, struct by_size *growth)
{
	double x[NR_SIZES][MAX_REPETITIONS], grown[MAX_REPETITIONS];

	for (size_t s = 0; s < NR_SIZES; s++) {
		for (size_t r = 0; r < nr; r++) {
			x[s][r] = of[WALK][s].p99[r] / of[COUNT][s].p99[r];
			grown[r] = x[s][r] / x[0][r];
		}
		ratio->median[s] = stats_median(x[s], nr);
		ratio->around[s] = median_interval(x[s], nr, 0.95);
		growth->median[s] = stats_median(grown, nr);
		growth->around[s] = median_interval(grown, nr, 0.95);
	}
}

static void report_ratios(struct claim_result *result, const struct by_size *ratio)
{
	char text[256] = "";

	for (size_t s = 0, n = 0; s < NR_SIZES && n < sizeof(text); s++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%zu: %.2f (%.2f..%.2f)",
		    s ? ", " : "", sizes[s], ratio->median[s], ratio->around[s].low,
		    ratio->around[s].high);
	claim_figure(
	    result, "ratio of probe p99s, list_walk to mutex_count, in groups of %s", text);
}

static void judge_growth(
    struct claim_result *result, struct samples of[NR_DESIGNS][NR_SIZES], size_t nr)
{
	struct by_size ratio, growth;
	size_t first, at;

	compare_designs(of, nr, &ratio, &growth);
	/* growth[0] is 1 by definition and is left out. */
	result->verdict = rule_stays_below(growth.around + 1, NR_SIZES - 1, LIMIT, &first);
	first++;
	at = first < NR_SIZES ? first : NR_SIZES - 1;
	claim_value(result, growth.median[at], growth.around[at].low, growth.around[at].high,
	    "times the p99 ratio of list_walk to mutex_count in groups of 2");
	report_ratios(result, &ratio);
	claim_figure(result,
	    "in groups of %zu the ratio of p99s is %.2f times (%.2f..%.2f) its value "
	    "in groups of 2",
	    sizes[at], result->value, result->low, result->high);
	report_size(result, of, nr, 0);
	report_size(result, of, nr, NR_SIZES - 1);
	claim_boundary_sizes(
	    result, sizes, 1 + rule_last_below(growth.around + 1, first - 1, LIMIT), first);
	claim_undecided(result, "two otherwise idle CPUs: the intervals are too wide");
}

static int run_c1(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static struct samples of[NR_DESIGNS][NR_SIZES];
	const size_t nr = options->quick ? 9 : MAX_REPETITIONS;
	struct pin_plan pins;

	if (pin_plan_make(&pins, PIN_SCATTER, 2, err))
		return -1;
	if (pins.nr_cpus < 2) {
		result->verdict = CLAIM_UNDECIDED;
		snprintf(result->boundary, sizeof(result->boundary),
		    "two CPUs: on one CPU, a probe and a remove do not run at the same time");
		claim_figure(result, "not measured on one CPU");
		pin_plan_free(&pins);
		return 0;
	}
	turns_per_ns = delay_calibrate();
	if (measure_probes(&pins, nr, options->seconds, of, err))
		return -1;
	judge_growth(result, of, nr);
	pin_plan_free(&pins);
	return 0;
}

const struct claim claim_c1 = {
    .id = "C1",
    .text = "Walking the list on release does not affect probe at all, only remove",
    .where = MAIL_MURPHY_2022_02_22,
    .rule = "A probe's p99 is measured while a sibling is removed again and again. The figure is "
	    "the ratio of list_walk's p99 to mutex_count's, divided by that ratio in groups of 2. "
	    "Confirmed if its 95% interval (over rounds) is below 1.5 for all groups of up to 4096 "
	    "devices. Refuted if it is above 1.5 for all groups of 8 or more devices. Otherwise "
	    "the boundary lies between the largest group with a figure below 1.5 and the smallest "
	    "size from which all groups have figures above 1.5.",
    .command = "ownbench run --workload=share --threads=2 --devices=2,8,32,128,512,4096 "
	       "--impl=list_walk,mutex_count --latency=1",
    .run = run_c1,
};
