/* SPDX-License-Identifier: MIT */
/* C9, C17 and C18: callers that break the rules, and how each design reacts. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/check/misuse.h"
#include "harness/ownership/ownership.h"

/* The design of the kernel, which counts, and a design that keeps a flag. */
static const char count[] = "mutex_count", flag[] = "list_walk";

static int commit_misuse(
    const char *impl, const char *misuse, struct misuse_outcome *outcome, struct error *err)
{
	const struct instance *instance = experiment_instance(impl, err);

	if (!instance)
		return -1;
	return misuse_commit_isolated(ownership_ops(instance), misuse_find(misuse), outcome, err);
}

/* Returns whether `ownbench list` shows the implementation by default, and it is not the
 * ceiling. */
static bool is_design(const struct instance *instance)
{
	return !instance_is_control(instance) && !instance_is_variant(instance) &&
	       !instance_is_yardstick(instance) && !instance_is_ceiling(instance);
}

struct sums {
	unsigned int detected, silent, open, leaked, broken, silent_broken, cases;
};

static void add_outcome(struct sums *sums, const struct misuse_outcome *o)
{
	sums->cases++;
	sums->detected += o->detected;
	sums->silent += !o->detected && !o->refused;
	sums->open += o->state == MISUSE_OPEN;
	sums->leaked += o->state == MISUSE_LEAKED;
	sums->broken += o->state != MISUSE_INTACT;
	sums->silent_broken += !o->detected && o->state != MISUSE_INTACT;
}

static int commit_all(
    const char *impl, const char *const *misuse, struct sums *sums, struct error *err)
{
	for (; *misuse; misuse++) {
		struct misuse_outcome outcome;

		if (commit_misuse(impl, *misuse, &outcome, err))
			return -1;
		add_outcome(sums, &outcome);
	}
	return 0;
}

static void report_figures(struct claim_result *result, const char *impl, const struct sums *s)
{
	claim_figure(result,
	    "%s: of %u misuses, %u are detected, %u are refused beforehand and %u are silent; %u "
	    "leave the group open, and %u leak it",
	    impl, s->cases, s->detected, s->cases - s->detected - s->silent, s->silent, s->open,
	    s->leaked);
}

/* -- C9 -- */

static const char *const by_users[] = {"release_twice", "release_kind", "release_beside_driver",
    "device_release_beside_driver", "device_release_beside_drivers", "claim_twice",
    "missing_release", NULL};
static const char *const by_drivers[] = {"missing_unuse", "unuse_twice", "unuse_beside_driver",
    "unuse_beside_user", "unuse_beside_nested_user", NULL};

static int count_intact(unsigned int *intact, unsigned int *all, struct error *err)
{
	for (size_t i = 0; ownership_instances[i]; i++) {
		struct sums sums = {0};

		if (!is_design(ownership_instances[i]))
			continue;
		if (commit_all(ownership_instances[i]->name, by_users, &sums, err) ||
		    commit_all(ownership_instances[i]->name, by_drivers, &sums, err))
			return -1;
		++*all;
		*intact += !sums.broken;
	}
	return 0;
}

static int run_c9(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static const char *const impls[] = {count, flag, "list_walk_repaired"};
	struct sums sums[3] = {0};
	unsigned int intact = 0, all = 0, of_users[3];
	struct misuse_outcome nested;

	(void)options;
	for (int i = 0; i < 3; i++) {
		if (commit_all(impls[i], by_users, &sums[i], err))
			return -1;
		of_users[i] = sums[i].broken;
		if (commit_all(impls[i], by_drivers, &sums[i], err))
			return -1;
		report_figures(result, impls[i], &sums[i]);
	}
	claim_figure(result, "of the 7 misuses by users, %u break the count and %u break the flag",
	    of_users[0], of_users[1]);
	if (commit_misuse(flag, "missing_release", &nested, err) ||
	    count_intact(&intact, &all, err))
		return -1;
	if (nested.refused)
		claim_figure(result, "the flag refuses a second claim by its owner, which the "
				     "kernel's interface grants");
	claim_figure(result, "%u of %u designs are intact after every misuse", intact, all);
	claim_value(result, of_users[0], NAN, NAN, "misuses by users (of 7) that break the count");
	result->verdict = rule_breaks(of_users[0], sums[1].broken);
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary, sizeof(result->boundary),
		    "%u of %u misuses break the flag, and %u break the count", sums[1].broken,
		    sums[1].cases, sums[0].broken);
	return 0;
}

const struct claim claim_c9 = {
    .id = "C9",
    .text = "Nested claims will be mispaired by users; a flag would do",
    .where = MAIL_MURPHY_2022_02_22,
    .rule = "This tests what a mispairing does, not whether users will commit one. A "
	    "mispairing breaks a design if it leaves the group open or leaked. Confirmed if some "
	    "of 7 mispairings by users break mutex_count, and neither these nor 5 mispairings by "
	    "drivers break list_walk, which has a flag. A boundary if some break mutex_count and "
	    "some break list_walk. Refuted if none of the 7 breaks mutex_count.",
    .command = "ownbench misuse",
    .run = run_c9,
};

/* -- C17 -- */

static const char *const unpaired[] = {"unpaired_unuse", "unuse_twice", "unuse_beside_driver",
    "unuse_beside_user", "unuse_beside_nested_user", NULL};

static int run_c17(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	unsigned int detecting = 0, all = 0, open = 0, blown;
	struct sums kernel = {0};

	(void)options;
	if (commit_all(count, unpaired, &kernel, err))
		return -1;
	for (size_t i = 0; ownership_instances[i]; i++) {
		struct sums sums = {0};

		if (!is_design(ownership_instances[i]))
			continue;
		if (commit_all(ownership_instances[i]->name, unpaired, &sums, err))
			return -1;
		all++;
		detecting += sums.detected >= sums.cases - 1 && !sums.broken;
		open += sums.open > 0;
	}
	report_figures(result, count, &kernel);
	claim_figure(result,
	    "of %u designs, %u report at least 4 of the 5 unpaired cleanups and are intact after "
	    "each; in %u designs an unpaired cleanup takes away another owner's hold, which leaves "
	    "the group open",
	    all, detecting, open);
	blown = kernel.detected + kernel.silent_broken;
	claim_value(result, blown, NAN, NAN,
	    "unpaired cleanups (of 5) that are reported or break mutex_count");
	result->verdict = rule_part(blown, kernel.cases);
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary, sizeof(result->boundary), "%u of %u cleanups", blown,
		    kernel.cases);
	return 0;
}

const struct claim claim_c17 = {
    .id = "C17",
    .text = "Unpaired dma_cleanup blows up",
    .where = MAIL_GUNTHORPE_2023_08_18 ", pattern 3",
    .rule = "Confirmed if in mutex_count, the kernel's design, each of 5 unpaired cleanups is "
	    "reported (the kernel's WARN), or leaves the group open or leaked. A boundary if this "
	    "holds for some of them, refuted if for none.",
    .command = "ownbench misuse",
    .run = run_c17,
};

/* -- C18 -- */

struct theft {
	unsigned int all, open, closed_by_use, closed_beside_sibling, nr_still;
	char still[192]; /* names of designs left open although use was called */
};

static int steal_from(const struct instance *instance, struct theft *t, struct error *err)
{
	static const char *const thefts[] = {
	    "stolen_device", "stolen_device_used", "stolen_device_sibling"};
	struct misuse_outcome o[3];
	const size_t len = strlen(t->still);

	for (int i = 0; i < 3; i++) {
		if (commit_misuse(instance->name, thefts[i], &o[i], err))
			return -1;
	}
	t->all++;
	t->open += o[0].state == MISUSE_OPEN;
	t->closed_by_use += o[1].state == MISUSE_INTACT;
	t->closed_beside_sibling += o[2].state == MISUSE_INTACT;
	if (o[1].state != MISUSE_OPEN && o[2].state != MISUSE_OPEN)
		return 0;
	t->nr_still++;
	snprintf(t->still + len, sizeof(t->still) - len, " %s", instance->name);
	return 0;
}

static int run_c18(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	struct theft t = {0};

	(void)options;
	for (size_t i = 0; ownership_instances[i]; i++) {
		if (is_design(ownership_instances[i]) &&
		    steal_from(ownership_instances[i], &t, err))
			return -1;
	}
	claim_figure(result,
	    "if device B is driven without being bound, a user can claim its group in %u of %u "
	    "designs",
	    t.open, t.all);
	claim_figure(result,
	    "after B's driver has called use, the claim is refused in %u of %u designs, and if a "
	    "sibling has been bound and unbound since, in %u",
	    t.closed_by_use, t.all, t.closed_beside_sibling);
	if (t.still[0])
		claim_figure(result, "designs that stay open after use is called:%s", t.still);
	claim_value(
	    result, t.open, NAN, NAN, "designs open to a user while an unbound device is driven");
	/* If all designs are open, the claim is confirmed only if use closes all of them. */
	result->verdict = rule_part(t.open, t.all);
	if (result->verdict == CLAIM_CONFIRMED)
		result->verdict = rule_breaks(t.open, t.nr_still);
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary, sizeof(result->boundary),
		    "the group is open in %u of %u designs, and a call of use closes it in %u of "
		    "these",
		    t.open, t.all, t.all - t.nr_still);
	return 0;
}

const struct claim claim_c18 = {
    .id = "C18",
    .text = "A driver that uses a device it never bound leaves it open to another driver",
    .where = MAIL_GUNTHORPE_2023_08_18 ", patterns 1 and 2",
    .rule = "A design is open if a user can claim the group of a device that is driven without "
	    "being bound. Confirmed if every design is open, but none once use has been called for "
	    "the device. A boundary if some designs are not open, or if some stay open after the "
	    "call. Refuted if no design is open.",
    .command = "ownbench misuse",
    .run = run_c18,
};
