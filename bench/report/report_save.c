/* SPDX-License-Identifier: MIT */
#include "bench/report/report_save.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench/options/options.h"
#include "bench/report/report_make.h"
#include "harness/files/file.h"
#include "harness/report/report.h"
#include "harness/show/page.h"
#include "harness/show/show.h"
#include "harness/show/terminal.h"

/* The page of a report.json is written next to it. */
static struct file_path default_output(const char *path, enum report_format format)
{
	static const char *const names[] = {
	    "report.html", "report.md", "report.csv", NULL, "report.json"};
	struct file_path dir;
	struct stat status;

	if (!names[format])
		return (struct file_path){"-"};
	snprintf(dir.s, sizeof(dir.s), "%s", path);
	if (!stat(path, &status) && !S_ISDIR(status.st_mode))
		return file_path(dirname(dir.s), names[format]);
	return file_path(path, names[format]);
}

static int write_json(FILE *out, const json_t *report, struct error *err)
{
	if (json_dumpf(report, out, JSON_INDENT(1) | JSON_REAL_PRECISION(REPORT_DIGITS)))
		return error_set(err, "the document cannot be written as JSON");
	fputc('\n', out);
	return 0;
}

/* The page has links to the sources if the document has their URL. */
static int show_html(
    FILE *out, const json_t *report, const struct report_request *request, struct error *err)
{
	json_t *linked = json_copy((json_t *)report); /* json_copy() does not modify it */
	int ret;

	if (request->source_url)
		json_object_set_new(linked, "source_url", json_string(request->source_url));
	ret = page_write(out, "report.html", linked, request->data, err);
	json_decref(linked);
	return ret;
}

/* A file is written without a limit on the width, and without colours. */
static struct terminal destination(const struct report_request *request)
{
	const struct terminal terminal = terminal_of(stdout);

	if (request->output && strcmp(request->output, "-") != 0)
		return (struct terminal){.utf8 = terminal.utf8};
	return terminal;
}

static int show(
    FILE *out, const json_t *report, const struct report_request *request, struct error *err)
{
	const struct terminal terminal = destination(request);

	switch (request->format) {
	case REPORT_MARKDOWN:
		return show_markdown(out, report, err);
	case REPORT_CSV:
		return show_csv(out, report, err);
	case REPORT_SUMMARY:
		return show_summary(out, report, &terminal, err);
	case REPORT_JSON:
		return write_json(out, report, err);
	default:
		return show_html(out, report, request, err);
	}
}

/* Renders into memory first, so that a file is written completely or not at all. */
static int write_report(const json_t *report, const struct report_request *request, char **text,
    size_t *size, struct error *err)
{
	FILE *out = open_memstream(text, size);
	int ret;

	if (!out)
		return error_errno(err, "cannot write the report");
	ret = show(out, report, request, err);
	if (fclose(out) && !ret)
		ret = error_errno(err, "cannot write the report");
	return ret;
}

static int put(const char *path, const char *text, size_t size, struct error *err)
{
	if (!strcmp(path, "-")) {
		fwrite(text, 1, size, stdout); /* main() reports a failure to write to stdout */
		return 0;
	}
	if (file_write_whole(path, text, size, err))
		return -1;
	puts(path);
	return 0;
}

int report_save(
    const struct report_request *request, const char *const *paths, size_t nr, struct error *err)
{
	const struct file_path otherwise = default_output(paths[0], request->format);
	json_t *report = report_load(paths, nr, err);
	char *text = NULL;
	size_t size;
	int status = EXIT_USAGE;

	/* The template may be missing from the directory of --data, so a failure here is a usage
	 * error. */
	if (report && !write_report(report, request, &text, &size, err))
		status = put(request->output ? request->output : otherwise.s, text, size, err)
		             ? EXIT_CHECK_FAILED
		             : EXIT_OK;
	free(text);
	json_decref(report);
	return status;
}
