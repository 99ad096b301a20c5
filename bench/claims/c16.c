/* SPDX-License-Identifier: MIT */
/* C16: a probe and a driver set up a device's state at the same time, the driver without the
 * device's lock. */
#include <inttypes.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/configure/configure.h"

/* Length of a set-up, in ns: about that of a look-up in firmware tables. A shorter set-up would
 * collide with another one more rarely. */
enum { SET_UP_NS = 1000 };

struct met {
	/* Devices that got two states, out of all devices that were touched concurrently. */
	struct rate_runs split;
	/* Devices that were set up twice, and lock assertions that failed. */
	uint64_t doubles, reports;
};

/* Performs `nr` runs, which share `seconds`, each in a process of its own. Stores their sums in
 * *met. */
static int race_unlocked_touch(const char *impl, uint64_t set_up_ns, double seconds, size_t nr,
    struct met *met, struct error *err)
{
	const struct experiment_run run = {
	    .family = "configure",
	    .impl = impl,
	    .workload = "steal",
	    .threads = RACE_THREADS,
	    .devices = RACE_THREADS,
	    .hold_ns = set_up_ns,
	    .duration = seconds / (double)nr,
	};

	*met = (struct met){0};
	for (size_t i = 0; i < nr; i++) {
		struct race_count sum;
		struct run_result r;

		if (experiment_run(&run, &r, err))
			return -1;
		sum = race_sum(r.races);
		rate_add(&met->split, sum.conflicts + sum.lost, sum.trials);
		met->doubles += (uint64_t)r.figures[CONFIGURE_DOUBLES];
		met->reports += (uint64_t)r.figures[CONFIGURE_REPORTS];
	}
	return 0;
}

/* Control: runs the same race on designs that take a lock or publish atomically. A device with two
 * states in one of these is a bug of this experiment. */
static int race_others(double seconds, struct claim_result *result, struct error *err)
{
	enum { ASSERTED }; /* index of device_lock_asserted, which only reports a missing lock */
	static const char *const impls[] = {
	    "device_lock_asserted", "device_lock_taken", "global_mutex", "cas_publish"};

	for (size_t i = 0; i < sizeof(impls) / sizeof(impls[0]); i++) {
		struct met met;

		if (race_unlocked_touch(impls[i], SET_UP_NS, seconds, 1, &met, err))
			return -1;
		if (i != ASSERTED && met.split.events)
			return error_set(err,
			    "%s is declared safe, but the experiment found a device with two "
			    "states in it",
			    impls[i]);
		claim_figure(result,
		    "%s, %" PRIu64 " devices: %" PRIu64 " set up twice, %" PRIu64
		    " with two states; %" PRIu64 " lock assertions failed",
		    impls[i], met.split.trials, met.doubles, met.split.events, met.reports);
	}
	return 0;
}

static int explore_in(const char *impl, const char *const *scenarios, double seconds,
    struct experiment_search *search, struct error *err)
{
	*search = (struct experiment_search){.exhausted = true};
	return experiment_explore_family("configure", impl, scenarios, seconds, search, err);
}

/* Explores the same source with callers that hold the lock and with callers that do not, to show
 * that its correctness depends on the lock. */
static int explore_all(double seconds, struct claim_result *result, struct error *err)
{
	static const char *const by_hand[] = {"steal", "platform", NULL};
	static const char *const under_lock[] = {"probes", "three_probes", "fixup", NULL};
	struct experiment_search without, with;

	if (explore_in("unlocked", by_hand, seconds / 2, &without, err) ||
	    explore_in("unlocked", under_lock, seconds / 2, &with, err))
		return -1;
	if (with.faults)
		return error_set(err, "unlocked: the explorer found a fault although all callers "
				      "hold the device's lock");
	claim_figure(result,
	    "the explorer found %s in %" PRIu64
	    " executions with a caller that does not hold the lock, and no fault in %" PRIu64
	    " executions with callers that hold it%s",
	    without.faults & FAULT_TWO_STATES ? "two states" : "no device with two states",
	    without.executions, with.executions, with.exhausted ? " (exhaustive)" : "");
	return 0;
}

static int run_c16(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	struct met slow, fast;
	const size_t nr = claim_runs(options);

	if (race_unlocked_touch("unlocked", SET_UP_NS, options->seconds / 4, nr, &slow, err) ||
	    race_unlocked_touch("unlocked", 0, options->seconds / 4, nr, &fast, err))
		return -1;
	claim_rate(
	    result, &slow.split, "devices with two states, per million touched concurrently");
	claim_figure(result,
	    "without a lock and with set-ups of %d ns, %" PRIu64 " of %" PRIu64
	    " devices that were touched concurrently got two states: %s",
	    SET_UP_NS, slow.split.events, slow.split.trials, rate_text(&slow.split).s);
	claim_figure(result,
	    "if a set-up is only an allocation, the rate of devices with two states is %s",
	    rate_text(&fast.split).s);
	if (race_others(options->seconds / 10, result, err) ||
	    explore_all(options->seconds / 10, result, err))
		return -1;
	result->verdict = rule_witness(
	    slow.split.events + fast.split.events, false, CLAIM_REFUTED, CLAIM_CONFIRMED);
	claim_undecided(result,
	    "two otherwise idle CPUs: none of %" PRIu64 " devices got two states",
	    slow.split.trials + fast.split.trials);
	return 0;
}

const struct claim claim_c16 = {
    .id = "C16",
    .text = "Probing IOMMU state without device_lock is only a theoretical race",
    .where = MAIL_GUNTHORPE_2023_08_18,
    .rule = "Refuted if a device got two states when two threads touched it at the same time, one "
	    "of them without its lock. Undecided if no such device is seen. " CLAIM_RATE_RULE,
    .command = "ownbench run --family=configure --workload=steal --impl=unlocked,cas_publish "
	       "--hold=1000 --duration=5 --repetitions=1",
    .run = run_c16,
};
