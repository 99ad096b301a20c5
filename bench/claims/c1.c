/* SPDX-License-Identifier: MIT */
/* C1: what a probe waits for while siblings are removed, by the size of the group. */
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

/* A probe that takes so much longer is affected. */
static const double LIMIT = 1.5;

struct remover {
	struct bench_group *group;
	int cpu;
	uint64_t end_ns; /* or else a prober that is always overtaken would wait for ever */
	_Atomic(bool) stop;
	_Atomic(bool) started;
};

/* Between remove and the next probe: so that a waiter is not always overtaken, and so that the
 * prober comes at any moment of the other's turn. */
enum { GAP_NS = 1000, PROBER_GAP_NS = 8192 };

static double turns_per_ns;

/* A sibling comes and goes. The prober's device is the last of the list: the walk meets the others
 * first. */
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
		random = random * 1664525 + 1013904223; /* Numerical Recipes' */
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
	double p50[MAX_REPETITIONS], p99[MAX_REPETITIONS];
};

static int measure(const struct pin_plan *pins, size_t nr, double seconds,
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

static void tell(
    struct claim_result *result, struct samples of[NR_DESIGNS][NR_SIZES], size_t nr, size_t size)
{
	for (int d = 0; d < NR_DESIGNS; d++)
		claim_figure(result, "%s, group of %zu: probe p50 %.0f ns, p99 %.0f ns", designs[d],
		    sizes[size], stats_median(of[d][size].p50, nr),
		    stats_median(of[d][size].p99, nr));
}

static void judge(struct claim_result *result, struct samples of[NR_DESIGNS][NR_SIZES], size_t nr)
{
	struct interval ratio[NR_SIZES];
	size_t first, at;

	for (size_t s = 0; s < NR_SIZES; s++)
		ratio[s] =
		    stats_ratio_interval(of[WALK][s].p99, nr, of[COUNT][s].p99, nr, 0.95, s + 1);
	result->verdict = rule_stays_below(ratio, NR_SIZES, LIMIT, &first);
	at = first < NR_SIZES ? first : NR_SIZES - 1;
	claim_value(result,
	    stats_median(of[WALK][at].p99, nr) / stats_median(of[COUNT][at].p99, nr), ratio[at].low,
	    ratio[at].high, "times the count's p99 of probe");
	claim_figure(result,
	    "in groups of %zu the p99 of a probe is %.1f times (%.1f..%.1f) the count's", sizes[at],
	    result->value, result->low, result->high);
	tell(result, of, nr, 0);
	tell(result, of, nr, NR_SIZES - 1);
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary, sizeof(result->boundary),
		    "groups of %zu devices: from there on a probe waits for the walk",
		    sizes[first]);
	claim_undecided(result, "two CPUs of its own: the intervals are too wide here");
}

static int run(const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static struct samples of[NR_DESIGNS][NR_SIZES];
	const size_t nr = options->quick ? 9 : MAX_REPETITIONS;
	struct pin_plan pins;

	if (pin_plan_make(&pins, PIN_SCATTER, 2, err))
		return -1;
	if (pins.nr_cpus < 2) {
		result->verdict = CLAIM_UNDECIDED;
		snprintf(result->boundary, sizeof(result->boundary),
		    "two CPUs: on one, nobody waits for a mutex that is held meanwhile");
		claim_figure(result, "not measured on one CPU");
		pin_plan_free(&pins);
		return 0;
	}
	turns_per_ns = delay_calibrate();
	if (measure(&pins, nr, options->seconds, of, err))
		return -1;
	judge(result, of, nr);
	pin_plan_free(&pins);
	return 0;
}

const struct claim claim_c1 = {
    .id = "C1",
    .text = "Walking the list on release does not affect probe at all, only remove",
    .where = "seed 001",
    .rule =
	"boundary: the smallest group from which on the 95% interval of the walk's p99 of probe "
	"over the count's lies above 1.5, while a sibling is removed again and again; confirmed: "
	"all intervals to 4096 devices below; refuted: above from the smallest on",
    .command = "ownbench run --workload=share --threads=2 --devices=2,32,512,4096 "
	       "--impl=list_walk,mutex_count",
    .run = run,
};
