/* SPDX-License-Identifier: MIT */
/* What the machines are, what spoils their figures, and how to run the same again. */
#include <stdlib.h>
#include <string.h>

#include "harness/env/env.h"
#include "harness/results/drift.h"
#include "harness/results/machine.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/starved.h"
#include "harness/results/stolen.h"

/* Whose sweep it is, where there are several. */
static void write_family(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	if (report->nr_families > 1)
		html(out, "%s: ", machine->family->name);
}

static void write_warning(FILE *out, const struct report *report,
    const struct report_machine *machine, const char *what, const char *mend)
{
	fputs("<li><b>", out);
	write_family(out, report, machine);
	html(out, "%s</b><br><span class=\"mend\">%s</span></li>\n", what, mend);
}

/* Whether it drifted, and then that it did. */
static bool write_drift(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	struct drift drift;
	char how[128], text[160];

	if (!drift_find(&machine->sweep, &drift) || !drift.drifted)
		return false;
	drift_describe(&drift, how, sizeof(how));
	snprintf(text, sizeof(text), "the machine drifted: %s", how);
	write_warning(out, report, machine, text,
	    "ratios stand, as repetitions are spread over all of it; absolute figures do not: "
	    "measure again when it is at rest");
	return true;
}

/* The same of what its hypervisor took. */
static bool write_stolen(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	double percent = stolen_percent(&machine->sweep);
	char text[128];

	if (!stolen_matters(percent))
		return false;
	snprintf(text, sizeof(text), "the hypervisor took %.1f%% of the CPUs' time during the runs",
	    percent);
	write_warning(out, report, machine, text,
	    "figures are too low, and spread: take a quieter host, or the bare machine");
	return true;
}

/* The same of others that ran on its CPUs. */
static bool write_starved(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	struct starved starved;
	char text[128];

	if (!starved_find(&machine->sweep, machine_nr_cpus(machine->environment), &starved) ||
	    !starved.matters)
		return false;
	starved_describe(&starved, text, sizeof(text));
	write_warning(out, report, machine, text,
	    "neither rates nor ratios stand: end what else runs, and measure again");
	return true;
}

/* Of each sweep of the machine, and of it. */
static void write_warnings(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	json_t *warnings = env_warnings(machine->environment);
	const json_t *warning;
	bool any = false;
	size_t i;

	fputs("<ul class=\"warnings\">\n", out);
	for (i = 0; i < report->nr_machines; i++) {
		if (report->machines[i].id != machine->id)
			continue;
		any |= write_drift(out, report, &report->machines[i]);
		any |= write_stolen(out, report, &report->machines[i]);
		any |= write_starved(out, report, &report->machines[i]);
	}
	json_array_foreach (warnings, i, warning)
		html(out, "<li><b>%s</b><br><span class=\"mend\">%s</span></li>\n",
		    report_text(warning, "what"), report_text(warning, "mend"));
	if (!any && !json_array_size(warnings))
		fputs("<li>Nothing that will spoil a run.</li>\n", out);
	fputs("</ul>\n", out);
	json_decref(warnings);
}

/* As `ownbench env` prints it. */
static void write_facts(FILE *out, const struct report_machine *machine)
{
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		abort();
	env_print(memory, machine->environment);
	fclose(memory);
	html(out, "<pre class=\"env\" tabindex=\"0\">%s</pre>\n", text);
	free(text);
}

static void write_environment(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	part_machine_name(out, report, machine);
	html(out, "<div data-m=\"%u\">\n", machine->id);
	if (machine->environment) {
		write_warnings(out, report, machine);
		write_facts(out, machine);
	} else {
		html(out, "<p>No environment.json in %s: unknown.</p>\n", machine->dir);
	}
	fputs("</div>\n", out);
}

void part_environment(FILE *out, const struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (report_is_first_of_machine(report, i))
			write_environment(out, report, &report->machines[i]);
	}
}

static const char *commit_of(const struct report_machine *machine)
{
	return report_text(json_object_get(machine->environment, "build"), "commit");
}

static void write_build(FILE *out, const struct report_machine *machine)
{
	const json_t *build = json_object_get(machine->environment, "build");

	html(out,
	    "<p>Built from commit <code>%s</code> with <code>%s %s</code>, libraries as above.</p>",
	    *commit_of(machine) ? commit_of(machine) : "unknown", report_text(build, "compiler"),
	    report_text(build, "flags"));
}

static void write_commands(FILE *out, const struct report_machine *machine)
{
	const char *dir = machine->dir;

	html(out, "ownbench %s\n", machine->command ? machine->command : "run");
	fputs("ownbench verify ", out);
	part_family_option(out, machine);
	html(out, "--json &gt;%s/verify.json\n", dir);
	if (machine->family != report_families[0])
		return;
	html(out, "ownbench claims --json &gt;%s/claims.json\n", dir);
	html(out, "ownbench cost --sweep=%s --out=%s/cost.json\n", dir, dir);
}

/* All that was done on the machine whose first sweep it is. */
static void write_machine(FILE *out, const struct report *report, size_t first)
{
	unsigned int id = report->machines[first].id;

	part_machine_name(out, report, &report->machines[first]);
	html(out, "<div data-m=\"%u\">\n", id);
	write_build(out, &report->machines[first]);
	fputs("<pre tabindex=\"0\">", out);
	for (size_t i = first; i < report->nr_machines; i++) {
		if (report->machines[i].id == id)
			write_commands(out, &report->machines[i]);
	}
	fputs("ownbench report", out);
	for (size_t i = first; i < report->nr_machines; i++) {
		if (report->machines[i].id == id)
			html(out, " %s", report->machines[i].dir);
	}
	fputs("</pre>\n</div>\n", out);
}

void part_reproduce(FILE *out, const struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (report_is_first_of_machine(report, i))
			write_machine(out, report, i);
	}
}
