/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/families/families.h"
#include "bench/options/options.h"
#include "bench/sweep/progress.h"
#include "bench/verification/verify.h"
#include "bench/verification/verify_report.h"

/* Of the budget for all, when there are others to verify too. */
static const double CONTROLS_PART = 0.25;

/* What only chance shows can take longer than its share, on a busy machine above all: so often is
 * it looked for in all, each time this much longer. */
enum { CLIMBS = 3, LONGER = 4 };

struct verify_options {
	const struct bench_family *family;
	char *impls; /* patterns with commas; NULL: all */
	double budget;
	bool controls, json;
};

static int set_family(void *context, const char *value, struct error *err)
{
	return family_option(value, &((struct verify_options *)context)->family, err);
}

static int set_impl(void *context, const char *value, struct error *err)
{
	(void)err;
	free(((struct verify_options *)context)->impls);
	((struct verify_options *)context)->impls = strdup(value);
	return 0;
}

static int set_budget(void *context, const char *value, struct error *err)
{
	return option_real(
	    "budget", value, 0.1, 86400, &((struct verify_options *)context)->budget, err);
}

static int set_controls(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct verify_options *)context)->controls = true;
	return 0;
}

static int set_json(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct verify_options *)context)->json = true;
	return 0;
}

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure", "the problem (default: ownership)", set_family},
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: all but an\n"
	"implementation's variants, as mutex_count<ck_mcs>); of the controls\n"
	"with --controls",
	set_impl},
    {"budget", "SECONDS",
	"for everything together, a quarter of it for the controls (default:\n"
	"60); more where the least that each checker does takes more, a second\n"
	"or so for each design and control, and where a fault that is declared\n"
	"does not show in its share",
	set_budget},
    {"controls", NULL, "only the negative controls: which checker catches which, how soon",
	set_controls},
    {"json", NULL, "as JSON", set_json},
    {0},
};

static const struct command command = {
    .name = "verify",
    .synopsis = "[OPTION...]",
    .summary =
	"Finds out which class each implementation is in, and on what evidence: a walk of one\n"
	"thread, each answer against the contract's table; audited runs, the witness, one-shot\n"
	"races, recorded histories, exploration. The negative controls of the same build come\n"
	"first: a checker that finds nothing counts for as much as it caught.\n"
	"Exit status 1: a class differs from the declared one, a control was not caught, or one\n"
	"could not be checked to the end, as it crashes; the others are.",
    .examples = {"ownbench verify --impl=mutex_count --budget=5",
	"ownbench verify --impl=list_walk,mutex_count --json >verify.json"},
    .options = options,
};

static bool named(const struct verify_options *verify, const struct instance *instance)
{
	char *rest, *copy, *pattern;
	bool matches = false;

	rest = copy = strdup(verify->impls);
	while (!matches && (pattern = strsep(&rest, ",")))
		matches = instance_matches(instance, pattern);
	free(copy);
	return matches;
}

/* The ceiling and the yardstick are no designs. */
static bool wanted(const struct verify_options *verify, const struct instance *instance)
{
	if (instance->impl->class == CLASS_NONE || instance_is_yardstick(instance))
		return false;
	if (verify->impls)
		return named(verify, instance);
	return !instance_is_control(instance) && !instance_is_variant(instance);
}

/* One that is exact is wrong to wrong callers alone, and for `ownbench misuse` to catch; one that
 * is safe, on other machines than this, and for ThreadSanitizer. */
static bool is_control(const struct instance *instance)
{
	return instance_is_control(instance) && instance->impl->class != CLASS_EXACT &&
	       instance->impl->class != CLASS_SAFE;
}

static bool any_control(const struct verify_options *verify, const struct instance *instance)
{
	(void)verify;
	return is_control(instance);
}

/* Some of them only where nothing else is verified, for the others to count for something. */
static bool wanted_control(const struct verify_options *verify, const struct instance *instance)
{
	return is_control(instance) &&
	       (!verify->controls || !verify->impls || named(verify, instance));
}

static bool matches_control(const struct bench_family *family, const char *pattern)
{
	for (size_t i = 0; i < *family->nr_instances; i++) {
		if (is_control(family->instances[i]) &&
		    instance_matches(family->instances[i], pattern))
			return true;
	}
	return false;
}

static int check_pattern(
    const struct verify_options *verify, const char *pattern, struct error *err)
{
	if (!family_matches(verify->family, pattern))
		return error_set(
		    err, "--impl=%s: no such implementation; 'ownbench list' shows them", pattern);
	if (verify->controls && !matches_control(verify->family, pattern))
		return error_set(err,
		    "--impl=%s: not one of the negative controls, which --controls is about; "
		    "'ownbench verify --controls' shows them",
		    pattern);
	return 0;
}

/* When the family is known, too. */
static int check_impls(const struct verify_options *verify, struct error *err)
{
	char *rest = verify->impls ? strdup(verify->impls) : NULL, *copy = rest, *pattern;
	int ret = 0;

	while (!ret && (pattern = strsep(&rest, ",")))
		ret = check_pattern(verify, pattern, err);
	free(copy);
	return ret;
}

typedef bool choose(const struct verify_options *verify, const struct instance *instance);

static unsigned int count(const struct verify_options *verify, choose *chosen)
{
	unsigned int nr = 0;

	for (size_t i = 0; i < *verify->family->nr_instances; i++)
		nr += chosen(verify, verify->family->instances[i]);
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
	for (int climbs = 0; climbs < CLIMBS; climbs++) {
		if (verify_implementation(instance, &limits, verdict, err))
			return -1;
		if (!verdict_missed(verdict))
			break;
		limits.seconds *= LONGER;
	}
	return 0;
}

/* Fills in verdicts of all that are chosen. -1: one cannot be run; it is said. */
static int climb_all(const struct verify_options *verify, choose *chosen, double seconds,
    bool controls, struct verdict *verdicts)
{
	struct verify_limits limits = {
	    .seconds = seconds / count(verify, chosen),
	    .caught = CLASS_CAUTIOUS,
	    .first = controls,
	};
	struct error err;
	int ret = 0;

	for (size_t i = 0; i < *verify->family->nr_instances; i++) {
		const struct instance *instance = verify->family->instances[i];

		if (!chosen(verify, instance))
			continue;
		show_progress(instance);
		/* Of a control only the fault that was built in counts. */
		if (controls)
			limits.caught = instance->impl->class;
		if (verify_until_found(instance, limits, verdicts, &err)) {
			show_progress(NULL);
			command_error(&command, &err);
			verdicts->failed = err;
			ret = -1;
		}
		verdicts++;
	}
	show_progress(NULL);
	return ret;
}

/* What a checker that stays blind finds in others counts for nothing. */
static int climb_controls(
    const struct verify_options *verify, double seconds, struct verify_report *report)
{
	for (int climbs = 0; climbs < CLIMBS; climbs++) {
		if (climb_all(verify, wanted_control, seconds, true, report->controls))
			return -1;
		if (!verify_report_is_blind(report))
			break;
		seconds *= LONGER;
	}
	return 0;
}

static int verify_all(const struct verify_options *verify)
{
	const unsigned int nr = verify->controls ? 0 : count(verify, wanted);
	struct verify_report report = {
	    .nr_verdicts = nr,
	    .nr_controls = count(verify, wanted_control),
	    .all_controls = count(verify, wanted_control) == count(verify, any_control),
	    .verdicts = calloc(nr + 1, sizeof(struct verdict)),
	    .controls = calloc(*verify->family->nr_instances + 1, sizeof(struct verdict)),
	};
	double for_controls = nr ? verify->budget * CONTROLS_PART : verify->budget;
	struct error err;
	int ret;

	if (!report.verdicts || !report.controls)
		abort(); /* some kilobytes */
	ret = climb_controls(verify, for_controls, &report);
	if (nr)
		ret |= climb_all(
		    verify, wanted, verify->budget - for_controls, false, report.verdicts);
	if (verify->json)
		verify_report_json(stdout, &report);
	else
		verify_report_print(stdout, &report);
	if (!ret && verify_report_contradicts(&report, &err)) {
		command_error(&command, &err);
		ret = -1;
	}
	if (ret)
		ret = EXIT_CHECK_FAILED;
	free(report.verdicts);
	free(report.controls);
	return ret;
}

int cmd_verify(int argc, char **argv)
{
	struct verify_options verify = {.budget = 60, .family = &families[0]};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &verify, &first);

	if (status == PARSED && check_impls(&verify, &err)) {
		command_error(&command, &err);
		status = EXIT_USAGE;
	}
	if (status == PARSED)
		status = verify_all(&verify);
	free(verify.impls);
	return status;
}
