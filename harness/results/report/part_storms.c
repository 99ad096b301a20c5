/* SPDX-License-Identifier: MIT */
/* Storms on the groups of several real machines: a row for each implementation. */
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/report/storm.h"

static void write_cell(FILE *out, const struct set *set, const char *impl)
{
	const struct sweep_point *point = set_point(set, impl);
	const struct figures *figures;

	if (!point) {
		fputs("<td></td>", out);
		return;
	}
	if (point->failure) {
		html(out, "<td class=\"n failure\" title=\"%s\">failed</td>", point->failure);
		return;
	}
	figures = set_figures(set, point);
	html(out, "<td class=\"n\" data-v=\"%s\" title=\"%s%s%s mutex_count\">%s</td>",
	    number_exact(figures->result.value).s, set_named_interval(set, &figures->result).s,
	    *set_named_interval(set, &figures->result).s ? "; " : "",
	    number_ratio(figures->of_baseline.value).s, number_time(figures->result.value).s);
}

static void write_row(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct storm *storm, const struct storm_row *row)
{
	const char *class = report_class(report, machine, row->impl);

	html(out, "<tr data-impl=\"%s\" data-class=\"%s\"><td>", row->impl, class);
	part_impl_link(out, report, row->impl);
	fputs("</td><td>", out);
	part_badge(out, "class", class);
	html(out, "</td><td class=\"n\" data-v=\"%s\">%s</td>", number_exact(row->speedup).s,
	    number_ratio(row->speedup).s);
	for (size_t i = 0; i < storm->nr; i++)
		write_cell(out, storm->sets[i], row->impl);
	fputs("</tr>\n", out);
}

static void write_head(FILE *out, const struct storm *storm, unsigned int machine, size_t number)
{
	const struct sweep_point *first = storm->sets[0]->points[0];

	html(out,
	    "<h3>%s on the groups of %zu real machines: time to the last bind, %u thread%s, "
	    "%s</h3>\n",
	    first->workload, storm->nr, first->threads, first->threads == 1 ? "" : "s",
	    set_parameters(storm->sets[0]).s);
	html(out,
	    "<div class=\"scroll\"><table class=\"sortable\" data-name=\"storm-%u-%zu\">"
	    "<thead><tr><th data-key=\"impl\">implementation</th><th data-key=\"class\">class</th>"
	    "<th class=\"n\" data-key=\"speedup\">×&nbsp;mutex_count, mean</th>",
	    machine, number);
	for (size_t i = 0; i < storm->nr; i++)
		html(out, "<th class=\"n\" data-key=\"on-%s\" title=\"%s\">%s</th>",
		    storm->sets[i]->points[0]->topology, storm_listing(storm->sets[i]).s,
		    storm->sets[i]->points[0]->topology);
	fputs("</tr></thead><tbody>\n", out);
}

static void write_storm(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct storm *storm, size_t number)
{
	html(out, "<div data-m=\"%u\" data-workload=\"%s\">", machine->id,
	    storm->sets[0]->points[0]->workload);
	part_machine_name(out, report, machine);
	write_head(out, storm, machine->id, number);
	for (size_t i = 0; i < storm->nr_rows; i++)
		write_row(out, report, machine, storm, &storm->rows[i]);
	html(out,
	    "</tbody></table></div><p class=\"note\">All devices of a machine are probed once, as "
	    "at "
	    "boot, by threads of the machine at hand (%s); only the groups are the other "
	    "machines’. "
	    "The mean over listings is geometric, of what passed on each. A heading names its "
	    "machine’s groups when pointed at, a figure its interval.</p></div>\n",
	    machine->cpus);
}

void part_storms(FILE *out, const struct report *report)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];

		for (size_t i = 0; i < machine->sets.nr; i++) {
			struct storm storm = storm_at(report, machine, i);

			if (storm.nr)
				write_storm(out, report, machine, &storm, i);
			storm_free(&storm);
		}
	}
}
