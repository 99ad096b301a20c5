/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

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
	char **impls; /* patterns */
	size_t nr_impls;
	double budget;
	bool controls, json;
};

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure", "the problem (default: ownership)",
	OPTION_FUNCTION(struct verify_options, family, family_option)},
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: all but an\n"
	"implementation's variants, as mutex_count<ck_mcs>); of the controls\n"
	"with --controls",
	OPTION_TEXTS(struct verify_options, impls, nr_impls)},
    {"budget", "SECONDS",
	"for everything together, a quarter of it for the controls (default:\n"
	"60); more where the least that each checker does takes more, a second\n"
	"or so for each design and control, and where a fault that is declared\n"
	"does not show in its share",
	OPTION_REAL(struct verify_options, budget, 0.1, 86400)},
    {"controls", NULL, "only the negative controls: which checker catches which, how soon",
	OPTION_FLAG(struct verify_options, controls)},
    {"json", NULL, "as JSON", OPTION_FLAG(struct verify_options, json)},
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
    .example = "ownbench verify --impl=list_walk,mutex_count --budget=20",
    .options = options,
};

/* The ceiling and the yardstick are no designs. */
static bool wanted(const struct verify_options *verify, const struct instance *instance)
{
	if (instance->impl->class == CLASS_NONE || instance_is_yardstick(instance))
		return false;
	if (verify->nr_impls)
		return instance_matches_any(instance, verify->impls, verify->nr_impls);
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
	       (!verify->controls || !verify->nr_impls ||
		   instance_matches_any(instance, verify->impls, verify->nr_impls));
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

/* When the family is known, too. */
static int check_impls(const struct verify_options *verify, struct error *err)
{
	if (family_check_patterns(verify->family, verify->impls, verify->nr_impls, err))
		return -1;
	for (size_t i = 0; verify->controls && i < verify->nr_impls; i++) {
		if (!matches_control(verify->family, verify->impls[i]))
			return error_set(err,
			    "--impl=%s: not one of the negative controls, which --controls is "
			    "about; 'ownbench verify --controls' shows them",
			    verify->impls[i]);
	}
	return 0;
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
			command_error(command.name, &err);
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
		command_error(command.name, &err);
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
		command_error(command.name, &err);
		status = EXIT_USAGE;
	}
	if (status == PARSED)
		status = verify_all(&verify);
	options_free(&command, &verify);
	return status;
}
