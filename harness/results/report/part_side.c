/* SPDX-License-Identifier: MIT */
/* Several machines side by side: how fast each design is on each, and what each says of the claims.
 */
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static void write_machines(FILE *out, const struct report *report, bool conditions)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];
		const struct set *set = rank_headline(machine);

		if (!conditions && !machine->claims)
			continue;
		html(out, "<th class=\"%s\" data-key=\"m%u\" data-m=\"%u\">%u. %s",
		    conditions ? "n" : "", machine->id, machine->id, machine->id, machine->name);
		if (conditions)
			html(out, ": %s, %s", set->points[0]->workload, set_conditions(set).s);
		fputs("</th>", out);
	}
	fputs("</tr></thead><tbody>\n", out);
}

static void write_speedup(FILE *out, const struct report_machine *machine, const char *impl)
{
	const struct set *set = rank_headline(machine);
	const struct sweep_point *point = set_point(set, impl);
	const struct measure *speedup;

	html(out, "<td class=\"n\" data-m=\"%u\" ", machine->id);
	if (!point) {
		fputs("></td>", out);
		return;
	}
	if (point->failure) {
		html(out, "title=\"%s\"><span class=\"fault\">failed</span></td>", point->failure);
		return;
	}
	speedup = &set_figures(set, point)->of_baseline;
	html(out, "data-v=\"%s\" title=\"%s\">%s</td>", number_exact(speedup->value).s,
	    measure_ratio_interval(speedup).s, number_ratio(speedup->value).s);
}

static void write_row(FILE *out, const struct report *report, const char *impl)
{
	html(out, "<tr data-impl=\"%s\" data-class=\"%s\"><td>", impl,
	    report_class(report, &report->machines[0], impl));
	part_impl_link(out, report, impl);
	fputs("</td>", out);
	for (size_t m = 0; m < report->nr_machines; m++)
		write_speedup(out, &report->machines[m], impl);
	fputs("</tr>\n", out);
}

/* In the order of the first machine, then those that it does not have. */
static void write_speedups(FILE *out, const struct report *report)
{
	const struct set *first = rank_headline(&report->machines[0]);

	html(out,
	    "<div class=\"scroll\"><table class=\"sortable\" data-name=\"%sside\"><caption>How "
	    "many times as fast as %s on the same machine</caption><thead><tr>"
	    "<th data-key=\"impl\">implementation</th>",
	    report->family->prefix, report->family->baseline);
	write_machines(out, report, true);
	for (size_t i = 0; i < first->nr; i++)
		write_row(out, report, first->points[i]->impl);
	for (size_t i = 0; i < report->nr_impls; i++) {
		if (!set_point(first, report->impls[i]))
			write_row(out, report, report->impls[i]);
	}
	fputs("</tbody></table></div>\n", out);
}

static void write_claim(FILE *out, const struct report *report, const json_t *claim)
{
	const char *id = report_text(claim, "id");

	fputs("<tr><td><a href=\"#", out);
	part_claim_id(out, id);
	html(out, "\">%s</a></td><td>%s</td>", id, report_text(claim, "claim"));
	for (size_t m = 0; m < report->nr_machines; m++) {
		const json_t *here = report_claim(&report->machines[m], id);

		if (!report->machines[m].claims)
			continue;
		html(out, "<td data-m=\"%u\">", report->machines[m].id);
		if (here)
			part_badge(out, "verdict", report_claim_verdict(here));
		fputs("</td>", out);
	}
	fputs("</tr>\n", out);
}

static void write_claims(FILE *out, const struct report *report)
{
	fputs(
	    "<div class=\"scroll\"><table class=\"sortable\" data-name=\"verdicts\"><caption>The "
	    "debate’s "
	    "claims</caption><thead><tr><th data-key=\"id\"></th><th data-key=\"claim\">claim</th>",
	    out);
	write_machines(out, report, false);
	for (size_t m = 0; m < report->nr_machines; m++) {
		const json_t *claims = json_object_get(report->machines[m].claims, "claims");
		const json_t *claim;
		size_t i;

		json_array_foreach (claims, i, claim) {
			if (!report_claim_before(report, m, report_text(claim, "id")))
				write_claim(out, report, claim);
		}
	}
	fputs("</tbody></table></div>\n", out);
}

void part_side(FILE *out, const struct report *report)
{
	write_speedups(out, report);
}

void part_side_claims(FILE *out, const struct report *report)
{
	bool any = false;

	for (size_t m = 0; m < report->nr_machines; m++)
		any |= report->machines[m].claims != NULL;
	if (any)
		write_claims(out, report);
}
