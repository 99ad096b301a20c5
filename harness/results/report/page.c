/* SPDX-License-Identifier: MIT */
/* The HTML page: plots/report/report.html with its holes filled, and in it family.html for each
 * family. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/report/template.h"

struct part {
	const char *name;
	part_fn *write;
};

static const struct part parts[] = {
    {"title", part_title},
    {"head", part_head},
    {"nav", part_nav},
    {"toolbar", part_toolbar},
    {"answer", part_answer},
    {"claims", part_claims},
    {"implementations", part_impls},
    {"environment", part_environment},
    {"reproduce", part_reproduce},
    {"marks", part_marks},
    {"foot", part_foot},
    {0},
};

static const struct part family_parts[] = {
    {"nav", part_family_nav},
    {"answer", part_family_answer},
    {"winners", part_winners},
    {"storms", part_storms},
    {"throughput", part_throughput},
    {"latency", part_latency},
    {"runs", part_runs},
    {"meanings", part_meanings},
    {"classes", part_classes},
    {0},
};

/* Whether there is a part of that name; then it is written. */
static bool write_part(
    FILE *out, const struct part *parts_of, const char *name, const struct report *report)
{
	for (const struct part *part = parts_of; part->name; part++) {
		if (!strcmp(part->name, name)) {
			part->write(out, report);
			return true;
		}
	}
	return false;
}

/* "{{>report.css}}": that file as it is. */
static int include(FILE *out, const struct report *report, const char *name, struct error *err)
{
	char path[PATH_MAX];
	size_t size;
	char *text;

	snprintf(path, sizeof(path), "%s/plots/report/%s", report->data, name);
	text = file_read_whole(path, &size, err);
	if (!text)
		return -1;
	fwrite(text, 1, size, out);
	free(text);
	return 0;
}

/* A text of the family, where the name is that of one. */
static bool write_text(FILE *out, const struct report *report, const char *name)
{
	const struct report_family *family = report->family;
	const bool alone = report->alone;
	const struct {
		const char *name, *text;
	} texts[] = {
	    {"name", family->name},
	    {"prefix", family->prefix},
	    {"title", family->title},
	    {"question", family->question},
	    {"ranked", family->ranked},
	    {"note", family->runs},
	    {"level", alone ? "2" : "3"},
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (!strcmp(texts[i].name, name)) {
			html(out, "%s", texts[i].text);
			return true;
		}
	}
	return false;
}

/* "{{problem}}": plots/report/FAMILY.html */
static int write_problem(FILE *out, const struct report *report, struct error *err)
{
	char name[64];

	snprintf(name, sizeof(name), "%s.html", report->family->name);
	return include(out, report, name, err);
}

static int fill_family(FILE *out, const char *name, void *context, struct error *err);

/* "{{parts}}": family.html */
static int write_parts(FILE *out, const struct report *report, struct error *err)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/plots/report/family.html", report->data);
	return template_write(out, path, fill_family, (void *)report, err);
}

static int fill_family(FILE *out, const char *name, void *context, struct error *err)
{
	const struct report *report = context;

	if (!strcmp(name, "parts"))
		return write_parts(out, report, err);
	if (!strcmp(name, "problem"))
		return write_problem(out, report, err);
	if (write_part(out, family_parts, name, report) || write_text(out, report, name))
		return 0;
	return error_set(err, "there is no part {{%s}} of a family", name);
}

/* The only one has no heading of its own. */
static int write_families(FILE *out, const struct report *report, struct error *err)
{
	char path[PATH_MAX];
	int ret = 0;

	snprintf(path, sizeof(path), "%s/plots/report/several.html", report->data);
	for (size_t i = 0; i < report->nr_families && !ret; i++) {
		struct report *family = &report->families[i];

		ret = family->alone ? write_parts(out, family, err)
		                    : template_write(out, path, fill_family, family, err);
	}
	return ret;
}

static int fill(FILE *out, const char *name, void *context, struct error *err)
{
	const struct report *report = context;

	if (*name == '>')
		return include(out, report, name + 1, err);
	if (!strcmp(name, "problem"))
		return report->nr_families > 1 ? 0 : write_problem(out, &report->families[0], err);
	if (!strcmp(name, "families"))
		return write_families(out, report, err);
	if (write_part(out, parts, name, report))
		return 0;
	return error_set(err, "there is no part {{%s}}", name);
}

int report_html(FILE *out, const struct report *report, struct error *err)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/plots/report/report.html", report->data);
	/* Only read. */
	return template_write(out, path, fill, (void *)report, err);
}
