/* SPDX-License-Identifier: MIT */
#include "bench/kernel/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/kernel/designs.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"

/* A fault may show only when two threads meet. A control without a violation is run again, in up to
 * TRIES guests. */
enum { TRIES = 5 };

/*
 * Every design runs under each of these workloads. takeover with two drivers and a user detects a
 * group that is released with its first driver. depth=ops detects a missing lock, because
 * operations meet more often there.
 */
static const char *const workloads[] = {
    "workload=busy ms=50",
    "workload=rendezvous devm_us=100 ms=250",
    "workload=takeover threads=3 hold_us=50 gap_us=50 ms=250",
    "workload=share depth=ops ms=500",
    "workload=takeover depth=ops ms=300",
};
enum { NR_WORKLOADS = sizeof(workloads) / sizeof(workloads[0]) };

/* Designs that must have a violation, and the workload that must find it. */
static const struct control {
	const char *design;
	const char *workload;
} controls[] = {
    {"ceiling", "workload=busy ms=1000 until_violation=1"},
    {"busted_notifier", "workload=busy ms=1000 until_violation=1"},
    {"busted_unlocked_check", "workload=takeover depth=ops ms=4000 until_violation=1"},
    {"list_walk", "workload=rendezvous devm_us=100 ms=4000 until_violation=1"},
};
enum { NR_CONTROLS = sizeof(controls) / sizeof(controls[0]) };

/* Parameters that the module must refuse. */
static const struct control nonsense[] = {
    {"nonesuch", "workload=share"},
    {"ceiling", "workload=nonesuch"},
    {"ceiling", "nonesuch"},
    {"ceiling", "nonesuch=1"},
    {"ceiling", "threads=0"},
    {"ceiling", "threads=65"},
    {"ceiling", "threads=-1"},
    {"ceiling", "threads=99999999999999999999"},
    {"ceiling", "threads=2 devices=1"},
    {"ceiling", "groups=1024 devices=1024"},
    {"ceiling", "workload=takeover threads=1"},
    {"ceiling", "workload=rendezvous threads=3"},
    {"ceiling", "depth=ops devm_us=1"},
};
enum { NR_NONSENSE = sizeof(nonsense) / sizeof(nonsense[0]) };

struct check {
	struct kernel_run *runs; /* the runs of `nonsense`, then those of each design */
	size_t nr;
	unsigned int failures;
};

static const struct control *find_control(const char *design)
{
	for (size_t i = 0; i < NR_CONTROLS; i++) {
		if (!strcmp(controls[i].design, design))
			return &controls[i];
	}
	return NULL;
}

static void add_run(struct check *check, const char *design, const char *workload)
{
	struct kernel_run *run = &check->runs[check->nr++];

	snprintf(run->design, sizeof(run->design), "%s", design);
	snprintf(run->spec, sizeof(run->spec), "%s", workload);
}

/* Returns whether the design can run under this workload. After a refused probe,
 * busted_forgotten_unlock still holds the group's mutex, which would hang the guest. Only share has
 * no users, and so no refused probes. */
static bool can_run(const char *design, const char *workload)
{
	return strcmp(design, "busted_forgotten_unlock") || strstr(workload, "workload=share");
}

static void plan(struct check *check, const struct kernel_designs *designs)
{
	*check = (struct check){
	    .runs = allocate(designs->nr * NR_WORKLOADS + NR_NONSENSE, sizeof(*check->runs))};
	for (size_t i = 0; i < NR_NONSENSE; i++)
		add_run(check, nonsense[i].design, nonsense[i].workload);
	for (size_t d = 0; d < designs->nr; d++) {
		const struct control *control = find_control(designs->names[d]);

		if (control)
			add_run(check, control->design, control->workload);
		for (size_t w = 0; !control && w < NR_WORKLOADS; w++)
			if (can_run(designs->names[d], workloads[w]))
				add_run(check, designs->names[d], workloads[w]);
	}
}

static bool has_violations(const struct kernel_run *run)
{
	return member_number(run->result, "violations") > 0;
}

/* Clears the results of controls without a violation, so that they run again. Returns whether any
 * result was cleared. */
static bool reopen_controls(struct check *check)
{
	bool any = false;

	for (size_t i = 0; i < check->nr; i++) {
		struct kernel_run *run = &check->runs[i];

		if (!find_control(run->design) || !run->result || has_violations(run))
			continue;
		json_decref(run->result);
		run->result = NULL;
		any = true;
	}
	return any;
}

/* Returns whether a violation is a failure, because the design declares that it is correct. */
static bool must_pass(const struct kernel_run *run)
{
	const char *class = member_text(run->result, "class");

	return strncmp(run->design, "busted_", strlen("busted_")) &&
	       (!strcmp(class, "exact") || !strcmp(class, "cautious"));
}

/* Prints whether the module refused the run with a reason in its log, and counts a failure if it
 * did not. */
static void judge_nonsense(struct check *check, const struct kernel_run *run)
{
	bool failed = run->result || !strstr(run->failure, "ownbench: ");

	printf("%-7s %-32s %s: %s\n", failed ? "FAILED" : "refused", run->design, run->spec,
	    run->result ? "the module accepted these parameters, which are invalid" : run->failure);
	check->failures += failed;
}

/* Prints how a run ended, and counts a failure if it did not end as it must. */
static void judge_run(struct check *check, const struct kernel_run *run)
{
	const char *verdict = "passed", *what = "";
	const bool control = find_control(run->design);
	bool failed;

	if (!run->result) {
		failed = true;
		what = run->failure;
	} else if (has_violations(run)) {
		failed = must_pass(run);
		verdict = "found";
		what = json_string_value(
		    json_array_get(json_object_get(run->result, "violation_lines"), 0));
	} else {
		failed = control;
		what = control ? "no violation was found" : "";
	}
	printf("%-7s %-32s %s%s%s\n", failed ? "FAILED" : verdict, run->design, run->spec,
	    what && *what ? ": " : "", what ? what : "");
	check->failures += failed;
}

static void check_free(struct check *check)
{
	for (size_t i = 0; i < check->nr; i++)
		json_decref(check->runs[i].result);
	free(check->runs);
}

static int check_designs(struct kernel_place *place, const struct kernel_designs *designs,
    unsigned int *failures, struct error *err)
{
	struct check check;
	int ret = 0;

	plan(&check, designs);
	for (int try = 0; !ret && try < TRIES && (!try || reopen_controls(&check)); try++)
		ret = kernel_guest_run(place, check.runs, check.nr, err);
	for (size_t i = 0; !ret && i < check.nr; i++)
		(i < NR_NONSENSE ? judge_nonsense : judge_run)(&check, &check.runs[i]);
	*failures = check.failures;
	check_free(&check);
	return ret;
}

int kernel_check(
    struct kernel_place *place, const char *patterns, unsigned int *failures, struct error *err)
{
	struct kernel_designs designs;
	int ret;

	if (kernel_designs_read(&designs, place, patterns, err))
		return -1;
	ret = check_designs(place, &designs, failures, err);
	kernel_designs_free(&designs);
	return ret;
}
