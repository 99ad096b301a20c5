/* SPDX-License-Identifier: MIT */
#include "bench/verification/verify_all.h"

#include <math.h>
#include <stdlib.h>

#include "bench/options/options.h"
#include "bench/sweep/progress.h"
#include "bench/verification/explorations.h"
#include "bench/verification/verify.h"
#include "bench/verification/verify_report.h"
#include "harness/measure/clock.h"

/* The negative controls' share of the budget if other implementations are verified, too. */
static const double CONTROLS_PART = 0.25;

/* Share of the time for scenarios in which each design explores its own, which is enough to exhaust
 * most of them. In the rest, the unfinished ones of all designs are explored side by side. */
static const double FIRST_PART = 0.2;

/* A fault that shows only by chance may need more time than its share of the budget, above all on a
 * busy machine. Verification therefore makes up to ATTEMPTS attempts to find a declared fault. Each
 * attempt is LONGER times as long as the one before. */
enum { ATTEMPTS = 3, LONGER = 4 };

/* Returns whether to verify this implementation. The ceiling and the yardstick are not verified,
 * because they are not designs. */
static bool wanted(const struct verify_request *request, const struct instance *instance)
{
	if (instance->about->class == CLASS_NONE || instance_is_yardstick(instance))
		return false;
	if (request->nr_impls)
		return instance_matches_any(instance, request->impls, request->nr_impls);
	return !instance_is_control(instance) && !instance_is_variant(instance);
}

/* Returns whether `ownbench verify` must catch this control. A control of class exact fails only
 * with callers that break the rules (`ownbench misuse`). One of class safe fails only on other
 * machines, or under ThreadSanitizer. */
static bool is_control(const struct instance *instance)
{
	return instance_is_control(instance) && instance->about->class > instance->family->best;
}

static bool any_control(const struct verify_request *request, const struct instance *instance)
{
	(void)request;
	return is_control(instance);
}

/* Returns whether to verify this control. With --controls, the patterns select controls. Without it
 * all controls run, to show which faults each checker can catch. */
static bool wanted_control(const struct verify_request *request, const struct instance *instance)
{
	return is_control(instance) &&
	       (!request->controls || !request->nr_impls ||
		   instance_matches_any(instance, request->impls, request->nr_impls));
}

static bool matches_control(const struct bench_family *family, const char *pattern)
{
	for (size_t i = 0; family->instances[i]; i++) {
		if (is_control(family->instances[i]) &&
		    instance_matches(family->instances[i], pattern))
			return true;
	}
	return false;
}

int verify_request_check(const struct verify_request *request, struct error *err)
{
	if (family_check_patterns(request->family, request->impls, request->nr_impls, err))
		return -1;
	for (size_t i = 0; request->controls && i < request->nr_impls; i++) {
		if (!matches_control(request->family, request->impls[i]))
			return error_set(err,
			    "--impl=%s: must be a negative control if --controls is given; "
			    "'ownbench verify --controls' shows them",
			    request->impls[i]);
	}
	return 0;
}

typedef bool choose(const struct verify_request *request, const struct instance *instance);

static unsigned int count(const struct verify_request *request, choose *chosen)
{
	unsigned int nr = 0;

	for (size_t i = 0; request->family->instances[i]; i++)
		nr += chosen(request, request->family->instances[i]);
	return nr;
}

static void show_progress(const struct instance *instance)
{
	FILE *terminal = progress_terminal();

	if (!terminal)
		return;
	fprintf(terminal, "\r\033[K%s", instance ? instance->name : "");
	fflush(terminal);
}

typedef int step(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err);

/* Runs the step. Returns its result; an error is reported, and kept in the verdict. */
static int run_step(step *step, const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict)
{
	struct error err;

	show_progress(instance);
	if (!step(instance, limits, verdict, &err))
		return 0;
	show_progress(NULL);
	command_error("verify", &err);
	verdict->failed = err;
	return -1;
}

/* Returns whether the verdict contradicts the declared class, by real time or by C11. */
static bool is_worse(const struct verdict *verdict)
{
	const struct impl_about *about = verdict->instance->about;

	return verdict_class(verdict) > about->class ||
	       (verdict->by[CHECKER_C11].ran &&
		   verdict_class_by_c11(verdict) > impl_class_by_c11(about));
}

/* Verifies one implementation until its declared fault, or a worse one, is found. Begins with this
 * attempt, which has these limits. */
static int verify_until_found(const struct instance *instance, struct verify_limits limits,
    int attempt, struct verdict *verdict)
{
	for (; attempt < ATTEMPTS; attempt++) {
		if (run_step(verify_implementation, instance, &limits, verdict))
			return -1;
		if (!verdict_missed(verdict) || is_worse(verdict))
			break;
		limits.seconds *= LONGER;
	}
	return 0;
}

/* Verifies all wanted controls and fills in their verdicts. Returns 0, or -1 if one could not be
 * run. The error is then already reported. */
static int verify_each_control(
    const struct verify_request *request, double seconds, struct verdict *verdicts)
{
	struct verify_limits limits = {
	    .seconds = seconds / count(request, wanted_control), .first = true};
	int ret = 0;

	for (size_t i = 0; request->family->instances[i]; i++) {
		const struct instance *instance = request->family->instances[i];

		if (!wanted_control(request, instance))
			continue;
		/* A control counts as caught only if its built-in fault is found. */
		limits.caught = instance->about->class;
		ret |= verify_until_found(instance, limits, 0, verdicts++);
	}
	show_progress(NULL);
	return ret;
}

/* -- designs -- */

/* The verification of all wanted designs. */
struct designs {
	struct verdict *verdicts;
	unsigned int nr;
	uint64_t start_ns;
	int ret;
};

static bool is_open(const struct verdict *verdict)
{
	return !verdict->failed.text[0];
}

static double seconds_so_far(const struct designs *d)
{
	return clock_seconds_since(d->start_ns);
}

/* Runs all checkers but the explorer on the wanted designs. */
static void run_all(struct designs *d, const struct verify_request *request, double seconds)
{
	const struct verify_limits limits = {
	    .seconds = seconds / count(request, wanted), .caught = CLASS_CAUTIOUS};

	for (size_t i = 0; request->family->instances[i]; i++)
		if (wanted(request, request->family->instances[i]))
			d->ret |= run_step(verify_runs, request->family->instances[i], &limits,
			    &d->verdicts[d->nr++]);
}

/* Gives a design what was found about an earlier one that is explored as the same source, and did
 * not fail. Returns false if there is none. */
static bool copy_earlier(struct designs *d, unsigned int i)
{
	for (unsigned int earlier = 0; earlier < i; earlier++)
		if (is_open(&d->verdicts[earlier]) &&
		    explorations_copy(&d->verdicts[i], &d->verdicts[earlier]))
			return true;
	return false;
}

/* Runs the step on all designs. Each gets an equal part of the time that is left until `end`, in
 * seconds from the start. So what one of them does not use is for the others. */
static void step_each(struct designs *d, step *step, double end)
{
	struct verify_limits limits = {.caught = CLASS_CAUTIOUS};

	for (unsigned int i = 0; i < d->nr; i++) {
		struct verdict *verdict = &d->verdicts[i];

		if (!is_open(verdict) || copy_earlier(d, i))
			continue;
		limits.seconds = fmax(end - seconds_so_far(d), 0) / (d->nr - i);
		d->ret |= run_step(step, verdict->instance, &limits, verdict);
	}
}

/* Explores the unfinished scenarios of all designs side by side until `end`. */
static void explore_unfinished(struct designs *d, double end)
{
	const struct verify_limits limits = {
	    .caught = CLASS_CAUTIOUS, .seconds = end - seconds_so_far(d)};
	struct verdict **open;
	unsigned int n = 0;
	struct error err;

	if (limits.seconds <= 0)
		return;
	open = calloc(d->nr + 1, sizeof(*open));
	if (!open)
		abort(); /* out of memory */
	for (unsigned int i = 0; i < d->nr; i++)
		if (is_open(&d->verdicts[i]) && !copy_earlier(d, i))
			open[n++] = &d->verdicts[i];
	if (explore_unexhausted(open, n, &limits, &err)) {
		command_error("verify", &err);
		d->ret = -1;
	}
	for (unsigned int i = 0; i < n; i++)
		if (!is_open(open[i])) {
			command_error("verify", &open[i]->failed);
			d->ret = -1;
		}
	free(open);
}

/*
 * Verifies all designs and fills in their verdicts. Explores the scenarios of each design, then
 * what is left of them together and for longer, and then programs. Returns 0, or -1 if a design
 * could not be verified. The error is then already reported.
 */
static int verify_designs(
    const struct verify_request *request, double seconds, struct verdict *verdicts)
{
	struct designs d = {verdicts, 0, clock_ns(), 0};
	struct verify_limits longer = {
	    .seconds = LONGER * seconds / count(request, wanted), .caught = CLASS_CAUTIOUS};
	double start, scenarios;

	run_all(&d, request, seconds);
	start = seconds_so_far(&d);
	scenarios = fmax(seconds - start, 0) * (1 - VERIFY_PROGRAMS_PART);
	step_each(&d, explore_scenarios, start + scenarios * FIRST_PART);
	explore_unfinished(&d, start + scenarios);
	step_each(&d, explore_generated, seconds);
	for (unsigned int i = 0; i < d.nr; i++)
		if (is_open(&verdicts[i]) && verdict_missed(&verdicts[i]) &&
		    !is_worse(&verdicts[i]))
			d.ret |= verify_until_found(verdicts[i].instance, longer, 1, &verdicts[i]);
	show_progress(NULL);
	return d.ret;
}

/* Verifies the controls. If some checker caught no control, tries again for longer, because its
 * silence on other implementations would prove nothing. Returns 0, or -1 with the error reported.
 */
static int verify_controls(
    const struct verify_request *request, double seconds, struct verify_report *report)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (verify_each_control(request, seconds, report->controls))
			return -1;
		if (!verify_report_is_blind(report))
			break;
		seconds *= LONGER;
	}
	return 0;
}

int verify_all(const struct verify_request *request)
{
	const unsigned int nr = request->controls ? 0 : count(request, wanted);
	struct verify_report report = {
	    .nr_verdicts = nr,
	    .nr_controls = count(request, wanted_control),
	    .all_controls = count(request, wanted_control) == count(request, any_control),
	    .verdicts = calloc(nr + 1, sizeof(struct verdict)),
	    .controls = calloc(count(request, wanted_control) + 1, sizeof(struct verdict)),
	};
	double for_controls = nr ? request->budget * CONTROLS_PART : request->budget;
	struct error err;
	int ret;

	if (!report.verdicts || !report.controls)
		abort(); /* out of memory */
	ret = verify_controls(request, for_controls, &report);
	if (nr)
		ret |= verify_designs(request, request->budget - for_controls, report.verdicts);
	if (request->json)
		verify_report_json(stdout, &report);
	else
		verify_report_print(stdout, &report);
	if (!ret && verify_report_contradicts(&report, &err)) {
		command_error("verify", &err);
		ret = -1;
	}
	if (ret)
		ret = EXIT_CHECK_FAILED;
	free(report.verdicts);
	free(report.controls);
	return ret;
}
