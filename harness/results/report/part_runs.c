/* SPDX-License-Identifier: MIT */
/* Every figure of every run, to sort and to filter. */
#include <math.h>
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static void write_number(FILE *out, double value, struct text text)
{
	if (isfinite(value))
		html(out, "<td class=\"n\" data-v=\"%.17g\">%s</td>", value, text.s);
	else
		fputs("<td class=\"n\"></td>", out);
}

static void write_ratio(FILE *out, const struct measure *ratio, struct text text)
{
	if (isfinite(ratio->value))
		html(out, "<td class=\"n\" data-v=\"%.17g\" title=\"95%% interval %s\">%s</td>",
		    ratio->value, number_ratio_interval(ratio->interval).s, text.s);
	else
		fputs("<td class=\"n\"></td>", out);
}

/* Refused of all probes, in percent. */
static double refused_part(const struct sweep_point *point)
{
	double refused = sweep_counter(point, "refused_per_second");

	if (!strcmp(point->workload, "busy") || !(refused >= 0))
		return NAN; /* there the items are refusals */
	return 100 * refused / (refused + point->median);
}

static struct text percent(double value)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.20s %%", number_plain(value).s);
	return text;
}

static void write_passed(FILE *out, const struct set *set, const struct sweep_point *point)
{
	const struct figures *figures = set_figures(set, point);
	double fairness = sweep_counter(point, "fairness");
	double slowest = sweep_counter(point, "slowest_of_fastest");
	double bytes = sweep_counter(point, "bytes_per_group");
	double p50 = sweep_counter(point, "probe_p50_ns");
	double p99 = sweep_counter(point, "probe_p99_ns");
	double refused = refused_part(point);

	write_number(out, figures->result.value, set_figure(set, figures->result.value));
	write_ratio(out, &figures->of_baseline, number_ratio(figures->of_baseline.value));
	write_ratio(out, &figures->of_ceiling, number_plain(figures->of_ceiling.value));
	html(out, "<td class=\"interval\">%s</td>", set_interval(set, figures->result.interval).s);
	write_number(out, refused, percent(refused));
	write_number(out, fairness, number_plain(fairness));
	write_number(out, slowest, number_plain(slowest));
	write_number(out, p50, number_time(p50));
	write_number(out, p99, number_time(p99));
	write_number(out, bytes, number_plain(bytes));
}

static void write_row(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set, const struct sweep_point *point)
{
	const char *class = report_class(report, machine, point->impl);

	html(out, "<tr%s data-m=\"%u\" data-workload=\"%s\" data-impl=\"%s\" data-class=\"%s\">",
	    point->failure ? " class=\"bad\"" : "", machine->id, point->workload, point->impl,
	    class);
	if (report->nr_machines > 1)
		html(out, "<td data-v=\"%u\">%s</td>", machine->id, machine->name);
	html(out,
	    "<td>%s</td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%u</td>",
	    point->workload, point->threads, point->devices, point->groups);
	fputs("<td>", out);
	part_impl_link(out, report, point->impl);
	fputs("</td><td>", out);
	part_badge(out, "class", class);
	fputs("</td>", out);
	if (point->failure)
		html(out, "<td colspan=\"10\" class=\"failure\">failed, not ranked: %s</td>",
		    point->failure);
	else
		write_passed(out, set, point);
	html(
	    out, "<td>%s</td></tr>\n", *point_parameters(point) ? point_parameters(point) + 1 : "");
}

void part_runs(FILE *out, const struct report *report)
{
	fputs("<table class=\"sortable\" data-name=\"runs\"><thead><tr>", out);
	if (report->nr_machines > 1)
		fputs("<th data-key=\"machine\">machine</th>", out);
	fputs("<th data-key=\"workload\">workload</th><th class=\"n\" "
	      "data-key=\"threads\">threads</th>"
	      "<th class=\"n\" data-key=\"devices\">devices</th>"
	      "<th class=\"n\" data-key=\"groups\">groups</th>"
	      "<th data-key=\"impl\">implementation</th><th data-key=\"class\">class</th>"
	      "<th class=\"n\" data-key=\"result\">median</th>"
	      "<th class=\"n\" data-key=\"speedup\">×&nbsp;mutex_count</th>"
	      "<th class=\"n\" data-key=\"ceiling\">part of ceiling</th><th>95% interval</th>"
	      "<th class=\"n\" data-key=\"refused\">probes refused</th>"
	      "<th class=\"n\" data-key=\"fairness\">fairness</th>"
	      "<th class=\"n\" data-key=\"slowest\">slowest of fastest thread</th>"
	      "<th class=\"n\" data-key=\"p50\">probe p50</th>"
	      "<th class=\"n\" data-key=\"p99\">probe p99</th>"
	      "<th class=\"n\" data-key=\"bytes\">bytes a group</th>"
	      "<th data-key=\"parameters\">other parameters</th></tr></thead><tbody>\n",
	    out);
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];

		for (size_t s = 0; s < machine->sets.nr; s++) {
			const struct set *set = &machine->sets.list[s];

			for (size_t i = 0; i < set->nr; i++)
				write_row(out, report, machine, set, set->points[i]);
		}
	}
	fputs("</tbody></table>\n", out);
}
