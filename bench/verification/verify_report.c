/* SPDX-License-Identifier: MIT */
#include "bench/verification/verify_report.h"

#include <jansson.h>
#include <string.h>

#include "bench/verification/explorations.h"
#include "harness/explore/example.h"
#include "harness/measure/pin.h"

static bool was_caught(const struct verdict *control)
{
	for (int c = 0; c < NR_CHECKERS; c++) {
		if (control->by[c].caught > 0)
			return true;
	}
	return false;
}

static unsigned int caught_by(const struct verify_report *report, enum checker checker)
{
	unsigned int nr = 0;

	for (size_t i = 0; i < report->nr_controls; i++)
		nr += report->controls[i].by[checker].caught > 0;
	return nr;
}

static bool has_run(const struct verify_report *report, enum checker checker)
{
	for (size_t i = 0; i < report->nr_controls; i++) {
		if (report->controls[i].by[checker].ran)
			return true;
	}
	return false;
}

/* Returns whether a checker must catch some control. On a single CPU the race checker need not,
 * because two threads may never meet at a fresh group. */
static bool must_catch(const struct verify_report *report, enum checker checker)
{
	return has_run(report, checker) && (checker != CHECKER_RACE || pin_nr_cpus() > 1);
}

/* Returns the first checker that should have caught a control but caught none, or NR_CHECKERS if
 * there is no such checker. */
static enum checker blind_checker(const struct verify_report *report)
{
	int c = 0;

	while (c < NR_CHECKERS &&
	       (!must_catch(report, (enum checker)c) || caught_by(report, (enum checker)c)))
		c++;
	return (enum checker)c;
}

bool verify_report_is_blind(const struct verify_report *report)
{
	return report->all_controls && blind_checker(report) != NR_CHECKERS;
}

/* Returns whether exploration contradicts the declared class by C11's happens-before. Without
 * exploration nothing is known. */
static bool contradicts_by_c11(const struct verdict *verdict)
{
	return verdict->by[CHECKER_C11].ran &&
	       verdict_class_by_c11(verdict) != impl_class_by_c11(verdict->instance->about);
}

static bool contradicts(const struct verdict *verdict)
{
	return verdict_class(verdict) != verdict->instance->about->class ||
	       contradicts_by_c11(verdict);
}

static int contradiction(const struct verdict *verdict, struct error *err)
{
	if (verdict_class(verdict) != verdict->instance->about->class)
		return error_set(err, "%s declares %s, but %s was found", verdict->instance->name,
		    impl_class_name(verdict->instance->about->class),
		    impl_class_name(verdict_class(verdict)));
	return error_set(err, "%s declares %s by C11's happens-before, but %s was found",
	    verdict->instance->name, impl_class_name(impl_class_by_c11(verdict->instance->about)),
	    impl_class_name(verdict_class_by_c11(verdict)));
}

int verify_report_contradicts(const struct verify_report *report, struct error *err)
{
	for (size_t i = 0; i < report->nr_verdicts; i++) {
		if (contradicts(&report->verdicts[i]))
			return contradiction(&report->verdicts[i], err);
	}
	for (size_t i = 0; i < report->nr_controls; i++) {
		if (!was_caught(&report->controls[i]))
			return error_set(err,
			    "the control %s escaped all checkers; a larger --budget may help",
			    report->controls[i].instance->name);
	}
	if (verify_report_is_blind(report))
		return error_set(err,
		    "the checker %s caught none of the controls; a larger --budget may help",
		    checker_name(blind_checker(report)));
	return 0;
}

/* -- text -- */

static int name_width(const struct verdict *verdicts, size_t nr)
{
	size_t width = strlen("implementation");

	for (size_t i = 0; i < nr; i++) {
		size_t len = strlen(verdicts[i].instance->name);

		width = len > width ? len : width;
	}
	return (int)width;
}

/* Prints the amount as e.g. "1.2 M", at most 6 characters wide. */
static void print_amount(FILE *out, int width, const struct finding *finding)
{
	static const char units[] = {' ', 'k', 'M', 'G', 'T'};
	double value = (double)finding->amount;
	int unit = 0;

	if (!finding->ran) {
		fprintf(out, "  %*s", width + 2, "not run");
		return;
	}
	for (; value >= 1000 && unit < 4; unit++)
		value /= 1000;
	fprintf(out, "  %*.3g %c", width, value, units[unit]);
}

static void print_seconds(FILE *out, const struct finding *finding)
{
	double s = finding->caught;

	if (!finding->ran || s == 0)
		fprintf(out, "  %9s", finding->ran ? "-" : "not run");
	else if (s < 1)
		fprintf(out, "  %6.3g ms", s * 1e3);
	else
		fprintf(out, "  %7.3g s", s);
}

static void print_controls(FILE *out, const struct verify_report *report)
{
	int width = name_width(report->controls, report->nr_controls);

	fprintf(out, "negative controls: time until each checker first reports the fault\n%-*s",
	    width, "");
	for (int c = 0; c < NR_CHECKERS; c++)
		fprintf(out, "  %9s", checker_name((enum checker)c));
	fputc('\n', out);
	for (size_t i = 0; i < report->nr_controls; i++) {
		const struct verdict *control = &report->controls[i];

		fprintf(out, "%-*s", width, control->instance->name);
		for (int c = 0; c < NR_CHECKERS; c++)
			print_seconds(out, &control->by[c]);
		fprintf(out, "%s\n", was_caught(control) ? "" : "  ESCAPED");
	}
	fprintf(out, "%-*s", width, "controls caught");
	for (int c = 0; c < NR_CHECKERS; c++)
		fprintf(
		    out, "  %3u of %2zu", caught_by(report, (enum checker)c), report->nr_controls);
	fputc('\n', out);
}

static void print_faults(FILE *out, const struct verdict *verdict)
{
	for (int c = 0; c < NR_CHECKERS; c++) {
		if (verdict->by[c].caught > 0)
			fprintf(out, "    %s, after %.3g s: %s\n%s", checker_name((enum checker)c),
			    verdict->by[c].caught, verdict->by[c].text, verdict->by[c].hung);
	}
}

/* Prints e.g. "cautious 24/25": the class that was found, and how many of the explorations were
 * exhausted. */
static void print_model(FILE *out, const struct explored_model *model)
{
	if (!model->explored)
		fprintf(out, "  %14s", "not run");
	else
		fprintf(out, "  %8s %2u/%2u", impl_class_name(model->found),
		    explorations_exhausted(model), explorations_done(model));
}

static const char *complete_text(const struct verdict *verdict, char text[BOUNDS_TEXT])
{
	const struct program_bounds complete = verdict_complete(verdict);

	return program_bounds_text(&complete, text);
}

static void print_verdict(FILE *out, int width, const struct verdict *verdict)
{
	const char *declared = impl_class_name(verdict->instance->about->class);
	char complete[BOUNDS_TEXT];

	fprintf(out, "%-*s  %-8s  %-8s", width, verdict->instance->name, declared,
	    impl_class_name(verdict_class(verdict)));
	for (int c = 0; c < NR_CHECKERS; c++)
		print_amount(out, 8, &verdict->by[c]);
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		print_model(out, &verdict->models[m]);
	fprintf(out, "  %14s%s\n", complete_text(verdict, complete),
	    contradicts(verdict) ? "  CONTRADICTION" : "");
	if (contradicts(verdict) && verdict_class(verdict) < verdict->instance->about->class)
		fprintf(out,
		    "    declares %s, but nothing worse than %s was found; a larger --budget may "
		    "help\n",
		    declared, impl_class_name(verdict_class(verdict)));
	if (contradicts_by_c11(verdict))
		fprintf(out, "    declares %s by C11's happens-before, but %s was found\n",
		    impl_class_name(impl_class_by_c11(verdict->instance->about)),
		    impl_class_name(verdict_class_by_c11(verdict)));
	if (verdict->unseen)
		fprintf(out, "    not explored: %s\n", verdict->unseen);
	if (verdict->failed.text[0])
		fprintf(out, "    NOT CHECKED TO THE END: %s\n", verdict->failed.text);
	print_faults(out, verdict);
}

static void print_verdicts(FILE *out, const struct verify_report *report)
{
	int width = name_width(report->verdicts, report->nr_verdicts);

	fprintf(out, "%-*s  %-8s  %-8s", width, "implementation", "declared", "found");
	for (int c = 0; c < NR_CHECKERS; c++)
		fprintf(out, "  %10s", checker_name((enum checker)c));
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		fprintf(out, "  %14s", model_name((enum memory_model)m));
	fprintf(out, "  %14s\n%-*s  %-8s  %-8s", "all programs", width, "", "", "");
	for (int c = 0; c < NR_CHECKERS; c++)
		fprintf(out, "  %10s", checker_unit((enum checker)c));
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		fprintf(out, "  %14s", "exhausted");
	fprintf(out, "  %14s\n", "up to");
	for (size_t i = 0; i < report->nr_verdicts; i++)
		print_verdict(out, width, &report->verdicts[i]);
}

void verify_report_print(FILE *out, const struct verify_report *report)
{
	if (report->nr_verdicts) {
		print_verdicts(out, report);
		fputc('\n', out);
	}
	print_controls(out, report);
}

/* -- JSON -- */

static json_t *finding_json(enum checker checker, const struct finding *f)
{
	return json_pack("{s:s, s:b, s:I, s:s, s:f, s:s, s:o*, s:s*, s:s*}", "checker",
	    checker_name(checker), "ran", f->ran, "checked", (json_int_t)f->amount, "unit",
	    checker_unit(checker), "seconds", f->seconds, "class", impl_class_name(f->found),
	    "caught_after_seconds", f->caught > 0 ? json_real(f->caught) : NULL, "fault",
	    f->caught > 0 ? f->text : NULL, "call_traces", f->hung[0] ? f->hung : NULL);
}

static json_t *models_json(const struct verdict *verdict)
{
	json_t *models = json_array();
	char complete[BOUNDS_TEXT];

	for (int m = 0; m < NR_MEMORY_MODELS; m++) {
		const struct explored_model *model = &verdict->models[m];

		json_array_append_new(models,
		    json_pack("{s:s, s:i, s:i, s:s, s:I, s:s}", "model",
			model_name((enum memory_model)m), "explorations",
			(int)explorations_done(model), "exhausted",
			(int)explorations_exhausted(model), "class", impl_class_name(model->found),
			"programs", (json_int_t)model->programs, "all_programs_up_to",
			program_bounds_text(&model->complete, complete)));
	}
	return models;
}

static json_t *verdict_json(const struct verdict *verdict)
{
	unsigned int explorations = 0, exhausted = 0;
	json_t *findings = json_array();
	char complete[BOUNDS_TEXT];

	for (int c = 0; c < NR_CHECKERS; c++)
		json_array_append_new(findings, finding_json((enum checker)c, &verdict->by[c]));
	for (int m = 0; m < NR_MEMORY_MODELS; m++) {
		explorations += explorations_done(&verdict->models[m]);
		exhausted += explorations_exhausted(&verdict->models[m]);
	}
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:i, s:i, s:s, s:o, s:o, s:s*, s:s*}",
	    "name", verdict->instance->name, "declared",
	    impl_class_name(verdict->instance->about->class), "found",
	    impl_class_name(verdict_class(verdict)), "declared_c11",
	    impl_class_name(impl_class_by_c11(verdict->instance->about)), "found_c11",
	    impl_class_name(verdict_class_by_c11(verdict)), "contradiction", contradicts(verdict),
	    "explorations", (int)explorations, "exhausted", (int)exhausted, "all_programs_up_to",
	    complete_text(verdict, complete), "models", models_json(verdict), "checkers", findings,
	    "not_explored", verdict->unseen, "failed",
	    verdict->failed.text[0] ? verdict->failed.text : NULL);
}

static json_t *list_json(const struct verdict *verdicts, size_t nr)
{
	json_t *list = json_array();

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(list, verdict_json(&verdicts[i]));
	return list;
}

void verify_report_json(FILE *out, const struct verify_report *report)
{
	json_t *root = json_pack("{s:o, s:o}", "implementations",
	    list_json(report->verdicts, report->nr_verdicts), "controls",
	    list_json(report->controls, report->nr_controls));

	json_dumpf(root, out, JSON_INDENT(2));
	fputc('\n', out);
	json_decref(root);
}
