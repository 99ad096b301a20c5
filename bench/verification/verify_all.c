/* SPDX-License-Identifier: MIT */
#include "bench/verification/verify_all.h"

#include <stdlib.h>

#include "bench/options/options.h"
#include "bench/sweep/progress.h"
#include "bench/verification/verify.h"
#include "bench/verification/verify_report.h"

/* The negative controls' share of the budget if other implementations are verified, too. */
static const double CONTROLS_PART = 0.25;

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

static int verify_until_found(const struct instance *instance, struct verify_limits limits,
    struct verdict *verdict, struct error *err)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (verify_implementation(instance, &limits, verdict, err))
			return -1;
		if (!verdict_missed(verdict))
			break;
		limits.seconds *= LONGER;
	}
	return 0;
}

/* Verifies all chosen implementations and fills in their verdicts. Returns 0, or -1 if one could
 * not be run. The error is then already reported. */
static int verify_chosen(const struct verify_request *request, choose *chosen, double seconds,
    bool controls, struct verdict *verdicts)
{
	struct verify_limits limits = {
	    .seconds = seconds / count(request, chosen),
	    .caught = CLASS_CAUTIOUS,
	    .first = controls,
	};
	struct error err;
	int ret = 0;

	for (size_t i = 0; request->family->instances[i]; i++) {
		const struct instance *instance = request->family->instances[i];

		if (!chosen(request, instance))
			continue;
		show_progress(instance);
		/* A control counts as caught only if its built-in fault is found. */
		if (controls)
			limits.caught = instance->about->class;
		if (verify_until_found(instance, limits, verdicts, &err)) {
			show_progress(NULL);
			command_error("verify", &err);
			verdicts->failed = err;
			ret = -1;
		}
		verdicts++;
	}
	show_progress(NULL);
	return ret;
}

/* Verifies the controls. If some checker caught no control, tries again for longer, because its
 * silence on other implementations would prove nothing. Returns the result of verify_chosen(). */
static int verify_controls(
    const struct verify_request *request, double seconds, struct verify_report *report)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (verify_chosen(request, wanted_control, seconds, true, report->controls))
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
		ret |= verify_chosen(
		    request, wanted, request->budget - for_controls, false, report.verdicts);
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
