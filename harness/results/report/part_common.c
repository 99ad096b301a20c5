/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static char *slug(const char *name)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort();
	html_slug(out, name);
	fclose(out);
	return text;
}

/* Names that differ may have slugs that do not: the later one gets its number. */
static bool is_taken(const struct report *report, size_t index, const char *text)
{
	bool taken = false;

	for (size_t i = 0; i < index && !taken; i++) {
		char *other = slug(report->impls[i]);

		taken = !strcmp(other, text);
		free(other);
	}
	return taken;
}

void part_impl_id(FILE *out, const struct report *report, const char *impl)
{
	size_t index = report_index(report, impl);
	char *text = slug(impl);

	html(out, "impl-%s%s", report->family ? report->family->prefix : "", text);
	if (is_taken(report, index, text))
		html(out, "-%zu", index);
	free(text);
}

void part_claim_id(FILE *out, const char *claim)
{
	fputs("claim-", out);
	html_slug(out, claim);
}

void part_impl_link(FILE *out, const struct report *report, const char *impl)
{
	if (report_index(report, impl) == report->nr_impls) {
		html(out, "<code>%s</code>", impl); /* not in any sweep: it has no article */
		return;
	}
	fputs("<a class=\"impl\" href=\"#", out);
	part_impl_id(out, report, impl);
	html(out, "\">%s</a>", impl);
}

void part_badge(FILE *out, const char *kind, const char *text)
{
	html(out, "<span class=\"badge %s-%s\">%s</span>", kind, text, text);
}

void part_family_option(FILE *out, const struct report_machine *machine)
{
	if (machine->family != report_families[0])
		html(out, "--family=%s ", machine->family->name);
}

void part_machine_name(FILE *out, const struct report *report, const struct report_machine *machine)
{
	if (report_is_of_several(report))
		html(out, "<h3 class=\"machine\" data-m=\"%u\">%u. %s</h3>\n", machine->id,
		    machine->id, machine->name);
}
