/* SPDX-License-Identifier: MIT */
/* The fastest under each condition, and implementations side by side over several machines. */
#include <math.h>
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static void write_winner(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct set *set, const char *class)
{
	struct winner winner = rank_winner(report, machine, set, class);
	const struct figures *figures;

	if (!winner.first) {
		fputs(class ? "<td>none ranked</td><td></td><td></td>"
			    : "<td>none ranked</td><td></td>",
		    out);
		return;
	}
	figures = set_figures(set, winner.first);
	fputs("<td>", out);
	part_impl_link(out, report, winner.first->impl);
	if (winner.second && !winner.apart) {
		fputs(" <span class=\"tie\">or ", out);
		part_impl_link(out, report, winner.second->impl);
		fputs("</span>", out);
	}
	html(out, "</td><td class=\"n\" data-v=\"%s\">%s</td>",
	    number_exact(figures->of_baseline.value).s, number_ratio(figures->of_baseline.value).s);
	if (class)
		html(out, "<td class=\"n\" data-v=\"%s\">%s</td>",
		    number_exact(figures->of_ceiling.value).s,
		    number_plain(figures->of_ceiling.value).s);
}

/* Whether others than the best class are ranked. */
static bool has_weaker(const struct report *report)
{
	return strcmp(report->family->ranked, report->family->meanings[0].class) != 0;
}

static void write_rows(FILE *out, const struct report *report, const struct report_machine *machine)
{
	for (size_t i = 0; i < machine->sets.nr; i++) {
		const struct set *set = &machine->sets.list[i];

		html(out, "<tr data-m=\"%u\" data-workload=\"%s\">", machine->id,
		    set->points[0]->workload);
		if (report->nr_machines > 1)
			html(out, "<td data-v=\"%u\">%s</td>", machine->id, machine->name);
		html(out, "<td><b>%s</b></td><td class=\"c\">%s</td>", set->points[0]->workload,
		    set_conditions(set).s);
		write_winner(out, report, machine, set, "exact");
		if (has_weaker(report))
			write_winner(out, report, machine, set, NULL);
		fputs("</tr>\n", out);
	}
}

void part_winners(FILE *out, const struct report *report)
{
	const char *best = report->family->meanings[0].class;

	html(out, "<table class=\"sortable\" data-name=\"%swinners\"><thead><tr>",
	    report->family->prefix);
	if (report->nr_machines > 1)
		fputs("<th data-key=\"machine\">machine</th>", out);
	html(out,
	    "<th data-key=\"workload\">workload</th><th data-key=\"conditions\">conditions</th>"
	    "<th data-key=\"best\">fastest %s design</th>"
	    "<th class=\"n\" data-key=\"best-ratio\">× %s</th>"
	    "<th class=\"n\" data-key=\"best-ceiling\">part of ceiling</th>",
	    best, report->family->baseline);
	if (has_weaker(report))
		html(out,
		    "<th data-key=\"any\">fastest of any class</th>"
		    "<th class=\"n\" data-key=\"any-ratio\">× %s</th>",
		    report->family->baseline);
	fputs("</tr></thead><tbody>\n", out);
	for (size_t i = 0; i < report->nr_machines; i++)
		write_rows(out, report, &report->machines[i]);
	fputs("</tbody></table>\n", out);
}
