/* SPDX-License-Identifier: MIT */
/* What the machines are, what spoils their figures, and how to run the same again. */
#include <stdlib.h>
#include <string.h>

#include "harness/env/env.h"
#include "harness/results/drift.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/stolen.h"

/* Whether it drifted, and then that it did. */
static bool write_drift(FILE *out, const struct report_machine *machine)
{
	struct drift drift;
	char text[128];

	if (!drift_find(&machine->sweep, &drift) || !drift.drifted)
		return false;
	drift_describe(&drift, text, sizeof(text));
	html(out,
	    "<ul class=\"warnings\">\n<li><b>the machine drifted: %s</b><br><span class=\"mend\">"
	    "ratios stand, as repetitions are spread over all of it; absolute figures do not: "
	    "measure again when it is at rest</span></li>\n</ul>\n",
	    text);
	return true;
}

/* The same of what its hypervisor took. */
static bool write_stolen(FILE *out, const struct report_machine *machine)
{
	double percent = stolen_percent(&machine->sweep);

	if (!stolen_matters(percent))
		return false;
	html(out,
	    "<ul class=\"warnings\">\n<li><b>the hypervisor took %.1f%% of the CPUs' time during "
	    "the "
	    "runs</b><br><span class=\"mend\">figures are too low, and spread: take a quieter "
	    "host, "
	    "or the bare machine</span></li>\n</ul>\n",
	    percent);
	return true;
}

static void write_warnings(FILE *out, const struct report_machine *machine)
{
	const bool drifted = write_drift(out, machine);
	const bool stolen = write_stolen(out, machine);
	json_t *warnings = env_warnings(machine->environment);
	const json_t *warning;
	size_t i;

	if (json_array_size(warnings))
		fputs("<ul class=\"warnings\">\n", out);
	json_array_foreach (warnings, i, warning)
		html(out, "<li><b>%s</b><br><span class=\"mend\">%s</span></li>\n",
		    report_text(warning, "what"), report_text(warning, "mend"));
	if (json_array_size(warnings))
		fputs("</ul>\n", out);
	else if (!drifted && !stolen)
		fputs("<p>Nothing that will spoil a run.</p>\n", out);
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

void part_environment(FILE *out, const struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++) {
		const struct report_machine *machine = &report->machines[i];

		part_machine_name(out, report, machine);
		html(out, "<div data-m=\"%u\">\n", machine->id);
		if (machine->environment) {
			write_warnings(out, machine);
			write_facts(out, machine);
		} else {
			html(out, "<p>No environment.json in %s: unknown.</p>\n", machine->dir);
		}
		fputs("</div>\n", out);
	}
}

static const char *commit_of(const struct report_machine *machine)
{
	return report_text(json_object_get(machine->environment, "build"), "commit");
}

static void write_commands(FILE *out, const struct report_machine *machine)
{
	const json_t *build = json_object_get(machine->environment, "build");
	const char *dir = machine->dir;

	html(out,
	    "<p>Built from commit <code>%s</code> with <code>%s %s</code>, libraries as above.</p>",
	    *commit_of(machine) ? commit_of(machine) : "unknown", report_text(build, "compiler"),
	    report_text(build, "flags"));
	html(out, "<pre tabindex=\"0\">");
	html(out, "ownbench %s\n", machine->command ? machine->command : "run");
	html(out, "ownbench verify --json &gt;%s/verify.json\n", dir);
	html(out, "ownbench claims --json &gt;%s/claims.json\n", dir);
	html(out, "ownbench cost --sweep=%s --out=%s/cost.json\n", dir, dir);
	html(out, "ownbench report %s</pre>\n", dir);
}

void part_reproduce(FILE *out, const struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++) {
		part_machine_name(out, report, &report->machines[i]);
		html(out, "<div data-m=\"%u\">\n", report->machines[i].id);
		write_commands(out, &report->machines[i]);
		fputs("</div>\n", out);
	}
}
