/* SPDX-License-Identifier: MIT */
/* The HTML page: plots/report/report.html with its holes filled. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/file.h"
#include "harness/results/report/part.h"
#include "harness/results/report/template.h"

static const struct {
	const char *name;
	part_fn *write;
} parts[] = {
    {"title", part_title},
    {"head", part_head},
    {"toolbar", part_toolbar},
    {"answer", part_answer},
    {"winners", part_winners},
    {"storms", part_storms},
    {"throughput", part_throughput},
    {"latency", part_latency},
    {"runs", part_runs},
    {"classes", part_classes},
    {"claims", part_claims},
    {"implementations", part_impls},
    {"environment", part_environment},
    {"reproduce", part_reproduce},
    {"marks", part_marks},
    {"foot", part_foot},
};

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

static int fill(FILE *out, const char *name, void *context, struct error *err)
{
	const struct report *report = context;

	if (*name == '>')
		return include(out, report, name + 1, err);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!strcmp(parts[i].name, name)) {
			parts[i].write(out, report);
			return 0;
		}
	}
	return error_set(err, "there is no part {{%s}}", name);
}

int report_html(FILE *out, const struct report *report, struct error *err)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/plots/report/report.html", report->data);
	/* Only read. */
	return template_write(out, path, fill, (void *)report, err);
}
