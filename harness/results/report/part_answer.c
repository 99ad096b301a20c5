/* SPDX-License-Identifier: MIT */
/* The first screen: which is fastest, which are right, what of the debate holds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/headline.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

/* Implementations of one class in the first screen. */
enum { MANY = 16 };

static void write_ratio(FILE *out, const struct measure *ratio, const char *base)
{
	if (isnan(ratio->value))
		return;
	html(
	    out, "<div class=\"big\">%s <span>%s</span></div>", number_ratio(ratio->value).s, base);
	html(out, "<div class=\"interval\">%s</div>\n", measure_ratio_interval(ratio).s);
}

/* What that is a ratio of. */
static void write_of(FILE *out, const struct report_machine *machine, const struct set *set,
    const struct sweep_point *point)
{
	char *words = headline_words(machine, set, point->impl);

	html(out, "<p class=\"cond of\">%s</p>\n", words);
	free(words);
}

static void write_part_of_ceiling(FILE *out, const struct figures *figures)
{
	const struct measure *part = &figures->of_ceiling;

	if (isnan(part->value))
		return;
	html(out, "%s of the ceiling", number_plain(part->value).s);
	if (!isnan(part->interval.low))
		html(out, " (%s to %s)", number_plain(part->interval.low).s,
		    number_plain(part->interval.high).s);
	fputs(", the same loop without any synchronisation. ", out);
}

static void write_rival(FILE *out, const struct report *report, const struct set *set,
    const struct winner *winner, const char *class)
{
	struct measure ratio;

	if (!winner->second)
		return;
	ratio = set_speedup(set, winner->first, winner->second);
	if (winner->apart)
		html(out, "%s as fast as the next %s%s", number_ratio(ratio.value).s, class,
		    *class ? " one, " : "one, ");
	else if (isnan(ratio.interval.low))
		fputs("One repetition cannot tell it apart from ", out);
	else
		html(out, "Not told apart (%s) from ", measure_ratio_interval(&ratio).s);
	part_impl_link(out, report, winner->second->impl);
	fputs(". ", out);
}

/* What is ahead of the fastest exact design, but is not exact. */
static void write_faster(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct set *set, const struct sweep_point *point,
    const struct sweep_point *exact)
{
	const struct measure *ratio = &set_figures(set, point)->of_baseline;
	bool apart = set_speedup(set, point, exact).interval.low > 1;

	fputs(apart ? "Faster still, but " : "Ahead of it, though not told apart, but ", out);
	html(out, "%s: ", report_class(report, machine, point->impl));
	part_impl_link(out, report, point->impl);
	if (!isnan(ratio->value))
		html(out, ", %s %s", number_ratio(ratio->value).s, report->family->baseline);
	if (*measure_ratio_interval(ratio).s)
		html(out, " (%s)", measure_ratio_interval(ratio).s);
	fputs(".", out);
}

static void write_fastest(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	const struct set *set = rank_headline(machine);
	struct winner exact = rank_winner(report, machine, set, "exact");
	struct winner any = rank_winner(report, machine, set, NULL);
	const struct winner *first = exact.first ? &exact : &any;
	const char *class = exact.first ? report_class(report, machine, exact.first->impl) : "";
	const struct figures *figures;

	fputs("<div class=\"card\"><h3>Fastest</h3>\n", out);
	if (!first->first) {
		html(out,
		    "<p>No design that passed its checks is known to be %s: nothing is "
		    "ranked.</p></div>\n",
		    report->family->ranked);
		return;
	}
	figures = set_figures(set, first->first);
	fputs("<p class=\"hero\">", out);
	part_impl_link(out, report, first->first->impl);
	fputs("</p>\n", out);
	write_ratio(out, &figures->of_baseline, report->family->baseline);
	write_of(out, machine, set, first->first);
	html(out, "<p>The fastest %s%sdesign: %s, ", class, *class ? " " : "",
	    set_figure(set, figures->result.value).s);
	write_part_of_ceiling(out, figures);
	write_rival(out, report, set, first, class);
	if (exact.first && any.first && any.first != exact.first)
		write_faster(out, report, machine, set, any.first, exact.first);
	html(out, "</p><p class=\"cond\"><a href=\"#%swinners\">Other conditions</a></p></div>\n",
	    report->family->prefix);
}

static bool is_in_sweep(const struct report_machine *machine, const char *impl)
{
	for (size_t i = 0; i < machine->sweep.nr_points; i++) {
		if (!strcmp(machine->sweep.points[i].impl, impl))
			return true;
	}
	return false;
}

/* The implementations of one class, as a row. */
static void write_class(
    FILE *out, const struct report *report, const struct report_machine *machine, const char *class)
{
	size_t nr = 0;

	for (size_t i = 0; i < report->nr_impls; i++) {
		const char *impl = report->impls[i];

		if (strcmp(report_class(report, machine, impl), class) != 0 ||
		    !is_in_sweep(machine, impl))
			continue;
		if (++nr > MANY)
			continue;
		if (nr == 1) {
			fputs("<dt>", out);
			part_badge(out, "class", class);
			fputs("</dt><dd>", out);
		} else {
			fputs(", ", out);
		}
		part_impl_link(out, report, impl);
	}
	if (nr > MANY)
		html(out, " <a href=\"#%sclasses\">and %zu more</a>", report->family->prefix,
		    nr - MANY);
	if (nr)
		fputs("</dd>\n", out);
}

static size_t count_wrong(const struct report *report, const struct report_machine *machine)
{
	size_t wrong = 0;

	for (size_t i = 0; i < report->nr_impls; i++)
		wrong += rank_contradicts(machine, report->impls[i]);
	return wrong;
}

/* Those that looked at the first implementation: they are the same for all. */
static size_t count_checkers(const struct report_machine *machine)
{
	const json_t *list = json_object_get(machine->verify, "implementations");
	const json_t *checkers = json_object_get(json_array_get(list, 0), "checkers");
	const json_t *checker;
	size_t nr = 0, i;

	json_array_foreach (checkers, i, checker)
		nr += json_is_true(json_object_get(checker, "ran"));
	return nr;
}

static void write_classes(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	fputs("<dl class=\"classes\">", out);
	for (size_t i = 0; rank_classes[i]; i++) {
		if (strcmp(rank_classes[i], "none") != 0)
			write_class(out, report, machine, rank_classes[i]);
	}
	fputs("</dl>", out);
}

static void write_evidence(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	size_t wrong = count_wrong(report, machine), nr = count_checkers(machine);

	fputs("<p class=\"cond\">", out);
	if (!machine->verify)
		fputs("As declared: this sweep has no verify.json. ", out);
	else
		html(out, "As found by %zu checker%s on this machine. ", nr, nr == 1 ? "" : "s");
	if (wrong)
		html(out, "<b>%zu declare%s another class than was found.</b> ", wrong,
		    wrong == 1 ? "s" : "");
	html(out, "<a href=\"#%sclasses\">The evidence</a></p>", report->family->prefix);
}

static void write_right(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	fputs("<div class=\"card\"><h3>Right</h3>\n", out);
	write_classes(out, report, machine);
	write_evidence(out, report, machine);
	fputs("</div>\n", out);
}

static void write_counts(FILE *out, const struct report_machine *machine)
{
	const char *before = "<p class=\"counts\">";

	for (size_t i = 0; rank_verdicts[i]; i++) {
		size_t nr = rank_count_claims(machine, rank_verdicts[i]);

		if (!nr)
			continue;
		fputs(before, out);
		html(out, "<b>%zu</b> %s", nr,
		    strcmp(rank_verdicts[i], "boundary") ? rank_verdicts[i] : "up to a boundary");
		before = ", ";
	}
	if (*before == ',')
		fputs("</p>", out);
}

/* A line: verdict and the beginning of the claim. */
static void write_claim(FILE *out, const json_t *claim)
{
	fputs("<li><a href=\"#", out);
	part_claim_id(out, report_text(claim, "id"));
	html(out, "\" title=\"%s\"><span class=\"chip verdict-%s\">%s</span>%s</a></li>\n",
	    report_claim_verdict(claim), report_claim_verdict(claim), report_text(claim, "id"),
	    report_text(claim, "claim"));
}

static void write_debate(FILE *out, const struct report_machine *machine)
{
	const json_t *claim;
	size_t i;

	fputs("<div class=\"card debate\"><h3>The debate’s claims</h3>\n", out);
	if (!machine->claims) {
		html(out,
		    "<p>Not tested on this machine yet.</p><p class=\"cond\">To have them here: "
		    "<code>ownbench claims --json &gt;%s/claims.json</code>, then make this report "
		    "again.</p></div>\n",
		    machine->dir);
		return;
	}
	write_counts(out, machine);
	fputs("<ul class=\"verdicts\">", out);
	json_array_foreach (json_object_get(machine->claims, "claims"), i, claim)
		write_claim(out, claim);
	fputs("</ul></div>\n", out);
}

/* One family: who is fastest, which are right, and a picture of it; and, where it is the only one
 * of the report `all`, what of the debate holds. */
static void write_family(FILE *out, const struct report *report, const struct report *all)
{
	if (report->nr_machines > 1)
		part_side(out, report);
	if (all && report_is_of_several(all))
		part_side_claims(out, all);
	for (size_t i = 0; i < report->nr_machines; i++) {
		const struct report_machine *machine = &report->machines[i];

		part_machine_name(out, report, machine);
		html(out, "<div class=\"cards%s\" data-m=\"%u\">\n",
		    !all              ? " pair"
		    : machine->claims ? " debated"
				      : "",
		    machine->id);
		write_fastest(out, report, machine);
		write_right(out, report, machine);
		if (all)
			write_debate(out, machine);
		fputs("</div>\n", out);
		chart_dots(out, report, machine, rank_headline(machine), NULL);
	}
}

/* "9 exact, 10 cautious" */
static void write_class_counts(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	const char *before = "";

	for (size_t c = 0; rank_classes[c]; c++) {
		size_t nr = 0;

		for (size_t i = 1; i < report->nr_impls; i++) {
			const char *impl = report->impls[i];

			nr += !strcmp(report_class(report, machine, impl), rank_classes[c]) &&
			      is_in_sweep(machine, impl);
		}
		if (!nr || !strcmp(rank_classes[c], "none"))
			continue;
		html(out, "%s<b>%zu</b> ", before, nr);
		part_badge(out, "class", rank_classes[c]);
		before = " ";
	}
}

static void write_winner_in_short(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct set *set, const struct winner *winner)
{
	const struct figures *figures = set_figures(set, winner->first);
	const char *class = report_class(report, machine, winner->first->impl);

	html(out, " The fastest %s design:</span></h3>\n<div class=\"first\"><p class=\"hero\">",
	    class);
	part_impl_link(out, report, winner->first->impl);
	fputs("</p>", out);
	write_ratio(out, &figures->of_baseline, report->family->baseline);
	fputs("</div>", out);
	write_of(out, machine, set, winner->first);
	html(out, "<p>%s. ", set_figure(set, figures->result.value).s);
	write_rival(out, report, set, winner, class);
	fputs("</p>", out);
}

/* A family in a card: its fastest, and how many are right. */
static void write_in_short(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	const struct set *set = rank_headline(machine);
	struct winner winner = rank_winner(report, machine, set, "exact");
	const char *name = report->family->name;

	html(out, "<div class=\"card brief\" data-family=\"%s\"><h3>%s <span>%s", name,
	    report->family->title, report->family->question);
	if (!winner.first)
		winner = rank_winner(report, machine, set, NULL);
	if (winner.first)
		write_winner_in_short(out, report, machine, set, &winner);
	else
		fputs("</span></h3>\n<p>No design that passed its checks is ranked.</p>", out);
	fputs("<p>", out);
	write_class_counts(out, report, machine);
	html(out, " <a href=\"#%s\">All of it</a></p></div>\n", name);
}

/* The machine of sweep number `first`, which is its first. */
static void write_machine_in_short(FILE *out, const struct report *report, size_t first)
{
	const struct report_machine *with_claims = &report->machines[first];
	const unsigned int id = with_claims->id;

	html(out, "<div class=\"cards debated of-%zu\" data-m=\"%u\">\n", report->nr_families, id);
	for (size_t f = 0; f < report->nr_families; f++) {
		const struct report *part = &report->families[f];

		for (size_t i = 0; i < part->nr_machines; i++) {
			if (part->machines[i].id != id)
				continue;
			write_in_short(out, part, &part->machines[i]);
			if (part->machines[i].claims)
				with_claims = &part->machines[i];
		}
	}
	write_debate(out, with_claims);
	fputs("</div>\n", out);
}

void part_answer(FILE *out, const struct report *report)
{
	if (report->nr_families == 1) {
		write_family(out, &report->families[0], report);
		return;
	}
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (!report_is_first_of_machine(report, i))
			continue;
		part_machine_name(out, report, &report->machines[i]);
		write_machine_in_short(out, report, i);
	}
	if (report_is_of_several(report))
		part_side_claims(out, report);
}

void part_family_answer(FILE *out, const struct report *report)
{
	write_family(out, report, NULL);
}
