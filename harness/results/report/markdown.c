/* SPDX-License-Identifier: MIT */
/* The answer, the claims and a table for each condition: what goes into a mail or an issue. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/env.h"
#include "harness/results/drift.h"
#include "harness/results/machine.h"
#include "harness/results/report/headline.h"
#include "harness/results/report/rank.h"
#include "harness/results/report/report.h"
#include "harness/results/report/storm.h"
#include "harness/results/starved.h"
#include "harness/results/stolen.h"

/* Text that stays text: no markup, no HTML, no end of a table's cell. */
static void write_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20) {
			fputc(' ', out);
			continue;
		}
		if (strchr("\\`*_{}[]<>#|!~&", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
}

static void write_name(FILE *out, const char *name)
{
	write_text(out, name);
}

static void write_fastest(
    FILE *out, const struct report *report, const struct report_machine *machine, const char *class)
{
	const struct set *set = rank_headline(machine);
	struct winner winner = rank_winner(report, machine, set, class);
	const struct figures *figures;
	char *words;

	if (!winner.first) {
		fprintf(out, "- No %s%sdesign passed its checks.\n",
		    class ? report->family->meanings[0].class : "", class ? " " : "");
		return;
	}
	figures = set_figures(set, winner.first);
	fprintf(out, "- Fastest %s%s: **", class ? report->family->meanings[0].class : "of any",
	    class ? " design" : " class");
	write_name(out, winner.first->impl);
	fprintf(out, "** (%s), %s", report_class(report, machine, winner.first->impl),
	    set_figure(set, figures->result.value).s);
	if (!isnan(figures->of_baseline.value)) {
		fprintf(out, ", %s ", number_ratio(figures->of_baseline.value).s);
		write_name(out, report->family->baseline);
		if (*measure_ratio_interval(&figures->of_baseline).s)
			fprintf(out, " (%s)", measure_ratio_interval(&figures->of_baseline).s);
	}
	if (!isnan(figures->of_ceiling.value))
		fprintf(out, ", %s of the ceiling", number_plain(figures->of_ceiling.value).s);
	if (winner.second && !winner.apart) {
		fputs("; not told apart from ", out);
		write_name(out, winner.second->impl);
	}
	words = headline_words(machine, set, winner.first->impl);
	fputs(". ", out);
	write_text(out, words);
	fputc('\n', out);
	free(words);
}

static void write_claims(FILE *out, const struct report_machine *machine)
{
	const json_t *claims = json_object_get(machine->claims, "claims");
	const json_t *claim;
	size_t i;

	if (!machine->claims) {
		fputs("No claims.json: `ownbench claims --json` makes it.\n\n", out);
		return;
	}
	fputs("| claim | | verdict | figure |\n|---|---|---|---|\n", out);
	json_array_foreach (claims, i, claim) {
		fputs("| ", out);
		write_text(out, report_text(claim, "id"));
		fputs(" | ", out);
		write_text(out, report_text(claim, "claim"));
		fputs(" | ", out);
		write_text(out, report_claim_verdict(claim));
		if (*report_text(claim, "boundary")) {
			fputs(": ", out);
			write_text(out, report_text(claim, "boundary"));
		}
		fputs(" | ", out);
		write_text(out, report_text(claim, "figure"));
		fputs(" |\n", out);
	}
	fputc('\n', out);
}

static void write_passed(FILE *out, const struct set *set, const struct figures *figures)
{
	fprintf(out, "%s | %s", set_figure(set, figures->result.value).s,
	    set_interval_cell(set, &figures->result, set_repetitions(set)).s);
	fprintf(out, " | %s | %s", number_ratio(figures->of_baseline.value).s,
	    number_plain(figures->of_ceiling.value).s);
}

static void write_headings(FILE *out, const struct report_column *columns)
{
	for (const struct report_column *c = columns; c->key; c++) {
		fputs(" | ", out);
		write_text(out, c->heading);
	}
}

static void write_columns(
    FILE *out, const struct report_column *columns, const struct sweep_point *point)
{
	for (const struct report_column *c = columns; c->key; c++) {
		double value = report_column_value(c, point);

		fprintf(out, " | %s", point->failure || isnan(value) ? "" : c->text(value).s);
	}
	fputs(" |\n", out);
}

static void write_set(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set)
{
	fputs("### ", out);
	write_text(out, set->points[0]->workload);
	fputs(": ", out);
	write_text(out, set_conditions(set).s);
	fprintf(out, "\n\n| implementation | class | median | %s | × ",
	    interval_heading(set_repetitions(set)).s);
	write_name(out, report->family->baseline);
	fputs(" | of ceiling", out);
	write_headings(out, report->family->columns);
	fputs(" |\n|---|---|--:|--:|--:|--:|", out);
	for (const struct report_column *c = report->family->columns; c->key; c++)
		fputs("--:|", out);
	fputc('\n', out);
	for (size_t i = 0; i < set->nr; i++) {
		const struct sweep_point *point = set->points[i];

		fputs("| ", out);
		write_name(out, point->impl);
		fprintf(out, " | %s | ", report_class(report, machine, point->impl));
		if (point->failure) {
			fputs("failed, not ranked: ", out);
			write_text(out, point->failure);
			fputs(" | | | ", out);
		} else {
			write_passed(out, set, &set->figures[i]);
		}
		write_columns(out, report->family->columns, point);
	}
	fputc('\n', out);
}

/* A storm on several listings: time to the last bind. */
static void write_storm(FILE *out, const struct storm *storm)
{
	fprintf(out,
	    "### storm: time to the last bind on the groups of %zu real machines, %u thread%s, "
	    "%s\n\n",
	    storm->nr, storm->sets[0]->points[0]->threads,
	    storm->sets[0]->points[0]->threads == 1 ? "" : "s", set_parameters(storm->sets[0]).s);
	fputs("| implementation | × mutex\\_count, mean |", out);
	for (size_t i = 0; i < storm->nr; i++) {
		fputc(' ', out);
		write_text(out, storm->sets[i]->points[0]->topology);
		fputs(" |", out);
	}
	fputs("\n|---|--:|", out);
	for (size_t i = 0; i < storm->nr; i++)
		fputs("--:|", out);
	for (size_t r = 0; r < storm->nr_rows; r++) {
		fputs("\n| ", out);
		write_name(out, storm->rows[r].impl);
		fprintf(out, " | %s |", number_ratio(storm->rows[r].speedup).s);
		for (size_t i = 0; i < storm->nr; i++) {
			const struct sweep_point *point =
			    set_point(storm->sets[i], storm->rows[r].impl);

			fprintf(out, " %s |",
			    !point ? ""
			    : point->failure
				? "failed"
				: number_time(set_figures(storm->sets[i], point)->result.value).s);
		}
	}
	fputs("\n\n", out);
}

static void write_storms(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	for (size_t i = 0; i < machine->sets.nr; i++) {
		struct storm storm = storm_at(report, machine, i);

		if (storm.nr)
			write_storm(out, &storm);
		storm_free(&storm);
	}
}

static void write_drift(FILE *out, const struct report_machine *machine)
{
	struct drift drift;
	char text[128];

	if (drift_find(&machine->sweep, &drift) && drift.drifted) {
		drift_describe(&drift, text, sizeof(text));
		fputs("- The machine drifted: ", out);
		write_text(out, text);
		fputs(".\n", out);
	}
}

static void write_stolen(FILE *out, const struct report_machine *machine)
{
	double percent = stolen_percent(&machine->sweep);

	if (stolen_matters(percent))
		fprintf(out, "- The hypervisor took %.1f%% of the CPUs' time during the runs.\n",
		    percent);
}

static void write_starved(FILE *out, const struct report_machine *machine)
{
	struct starved starved;
	char text[128];

	if (starved_find(&machine->sweep, machine_nr_cpus(machine->environment), &starved) &&
	    starved.matters) {
		starved_describe(&starved, text, sizeof(text));
		fputs("- The machine was in use: ", out);
		write_text(out, text);
		fputs(".\n", out);
	}
}

/* What in the environment spoils a run; where it is known, and of a merged sweep's machine. */
static void write_warnings(FILE *out, const struct report_machine *machine)
{
	json_t *warnings = machine->environment ? env_warnings(machine->environment) : NULL;
	const json_t *warning;
	size_t i;

	json_array_foreach (warnings, i, warning) {
		fputs("- Warning: ", out);
		write_text(out, report_text(warning, "what"));
		fputs(".\n", out);
	}
	json_decref(warnings);
}

static void write_machine(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	fputs("## Measured on ", out);
	write_text(out, machine->name);
	fputs("\n\n", out);
	write_fastest(out, report, machine, "exact");
	if (strcmp(report->family->ranked, report->family->meanings[0].class) != 0)
		write_fastest(out, report, machine, NULL);
	fprintf(out, "- Classes are as %s.\n",
	    machine->verify ? "found by `ownbench verify`" : "declared (no verify.json)");
	write_drift(out, machine);
	write_stolen(out, machine);
	write_starved(out, machine);
	write_warnings(out, machine);
	fputc('\n', out);
	if (machine->claims || machine->family == report_families[0])
		write_claims(out, machine);
	write_storms(out, report, machine);
	for (size_t i = 0; i < machine->sets.nr; i++)
		write_set(out, report, machine, &machine->sets.list[i]);
}

void report_markdown(FILE *out, const struct report *report)
{
	for (size_t f = 0; f < report->nr_families; f++) {
		const struct report *part = &report->families[f];

		fprintf(out, "# ownbench: %s\n\n", part->family->question);
		for (size_t i = 0; i < part->nr_machines; i++)
			write_machine(out, part, &part->machines[i]);
	}
	fprintf(out, "%s\n", report->made);
}
