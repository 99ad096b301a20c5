/* SPDX-License-Identifier: MIT */
/* The debate's claims: each once, with what every machine says of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static const json_t *claims_of(const struct report_machine *machine)
{
	return json_object_get(machine->claims, "claims");
}

static double number(const json_t *claim, const char *key)
{
	const json_t *value = json_object_get(claim, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

static void write_row(FILE *out, const char *name, const char *text)
{
	if (*text)
		html(out, "<dt>%s</dt><dd>%s</dd>\n", name, text);
}

/* A line for each that "; " divides. */
static void write_findings(FILE *out, const char *text)
{
	const char *before = "<dt>figure</dt><dd>";
	const char *end;

	if (!*text)
		return;
	for (; (end = strstr(text, "; ")); text = end + 2) {
		char *one = strndup(text, (size_t)(end - text));

		fputs(before, out);
		html(out, "%s", one);
		free(one);
		before = "<br>";
	}
	fputs(before, out);
	html(out, "%s</dd>\n", text);
}

/* "value (low to high) unit" */
static void write_value(FILE *out, const json_t *claim)
{
	double value = number(claim, "value");
	double low = number(claim, "low"), high = number(claim, "high");

	if (isnan(value))
		return;
	html(out, "<dt>value</dt><dd class=\"figure\">%s", number_plain(value).s);
	if (!isnan(low) && !isnan(high))
		html(out, " (95%% interval %s to %s)", number_plain(low).s, number_plain(high).s);
	html(out, " %s</dd>\n", report_text(claim, "unit"));
}

static void write_verdict(FILE *out, const struct report *report,
    const struct report_machine *machine, const json_t *claim)
{
	html(out, "<div class=\"of-machine\" data-m=\"%u\">", machine->id);
	if (report_is_of_several(report)) {
		html(out, "<p><b>%u. %s</b> ", machine->id, machine->name);
		part_badge(out, "verdict", report_claim_verdict(claim));
		fputs("</p>", out);
	}
	fputs("<dl>", out);
	write_row(out, strcmp(report_claim_verdict(claim), "undecided") ? "boundary" : "it takes",
	    report_text(claim, "boundary"));
	write_row(out, "error", report_text(claim, "error"));
	write_findings(out, report_text(claim, "figure"));
	write_value(out, claim);
	write_row(out, "rule", report_text(claim, "rule"));
	if (*report_text(claim, "command"))
		html(out, "<dt>in detail</dt><dd><code>%s</code></dd>",
		    report_text(claim, "command"));
	fputs("</dl>\n", out);
	chart_claim(out, machine, claim);
	fputs("</div>\n", out);
}

static void write_claim(FILE *out, const struct report *report, const json_t *claim)
{
	const char *id = report_text(claim, "id");

	fputs("<article class=\"claim\" id=\"", out);
	part_claim_id(out, id);
	html(out, "\"><h3><a class=\"anchor\" href=\"#");
	part_claim_id(out, id);
	html(out, "\">%s</a> %s ", id, report_text(claim, "claim"));
	if (!report_is_of_several(report))
		part_badge(out, "verdict", report_claim_verdict(claim));
	html(out, "</h3><p class=\"cond\">%s</p>\n", report_text(claim, "where"));
	for (size_t m = 0; m < report->nr_machines; m++) {
		const json_t *here = report_claim(&report->machines[m], id);

		if (here)
			write_verdict(out, report, &report->machines[m], here);
	}
	fputs("</article>\n", out);
}

/* Of whichever sweep of the machine. */
static bool has_claims(const struct report *report, unsigned int id)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		if (report->machines[m].id == id && report->machines[m].claims)
			return true;
	}
	return false;
}

void part_claims(FILE *out, const struct report *report)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];

		if (report_is_first_of_machine(report, m) && !has_claims(report, machine->id))
			html(out,
			    "<p data-m=\"%u\">No claims.json in %s. On the same machine: "
			    "<code>ownbench "
			    "claims --json &gt;%s/claims.json</code>, then <code>ownbench "
			    "report</code> "
			    "again.</p>\n",
			    machine->id, machine->dir, machine->dir);
	}
	for (size_t m = 0; m < report->nr_machines; m++) {
		const json_t *claim;
		size_t i;

		json_array_foreach (claims_of(&report->machines[m]), i, claim) {
			if (!report_claim_before(report, m, report_text(claim, "id")))
				write_claim(out, report, claim);
		}
	}
}
