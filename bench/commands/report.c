/* SPDX-License-Identifier: MIT */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/data_dir.h"
#include "bench/report/report_make.h"
#include "harness/files/file.h"
#include "harness/report/report.h"
#include "harness/show/page.h"
#include "harness/show/show.h"
#include "harness/show/terminal.h"

enum { MAX_MACHINES = 1000 };
enum format { FORMAT_HTML, FORMAT_MARKDOWN, FORMAT_CSV, FORMAT_SUMMARY, FORMAT_JSON };

struct report_options {
	enum format format;
	const char *output;
	const char *data;
	const char *source_url;
};

static const char *const formats[] = {[FORMAT_HTML] = "html",
    [FORMAT_MARKDOWN] = "markdown",
    [FORMAT_CSV] = "csv",
    [FORMAT_SUMMARY] = "summary",
    [FORMAT_JSON] = "json",
    NULL};

static int set_source_url(void *field, const char *value, struct error *err)
{
	/* It becomes a link: a script must not. */
	if (strncmp(value, "https://", 8) != 0 && strncmp(value, "http://", 7) != 0)
		return error_set(
		    err, "--source-url=%s: must begin with https:// or http://", value);
	*(const char **)field = value;
	return 0;
}

static const struct option_spec options[] = {
    {"format", "FORMAT",
	"html: one page that needs nothing else (default)\n"
	"markdown: the same in short, for a mail or an issue\n"
	"csv: a line for each result, for a spreadsheet\n"
	"summary: the answers in a screen of text\n"
	"json: the document that all of these show, see results/README.md",
	OPTION_CHOICE(struct report_options, format, formats)},
    {"o", "FILE",
	"where it goes; - is standard output (default: report.html, .md, .csv\n"
	"or .json in the first DIR; of a summary standard output)",
	OPTION_TEXT(struct report_options, output,
	    "-o: the name of a file is missing; - is standard output")},
    {"source-url", "URL",
	"put before impl/... to link an implementation to its source\n"
	"(default: no link)",
	OPTION_FUNCTION(struct report_options, source_url, set_source_url)},
    {"data", "DIR",
	"where plots/report/ is (default: that which came with\n"
	"the program)",
	OPTION_TEXT(struct report_options, data, NULL)},
    {0},
};

static const struct command command = {
    .name = "report",
    .synopsis = "[OPTION...] DIR...|FILE",
    .summary =
	"Makes one page of a sweep, or of several machines' sweeps side by side: which design is\n"
	"fastest, which are right, which of the debate's claims hold, and every figure. Sweeps of\n"
	"several families (run --family) have a part each. Beside the sweep in DIR it shows what\n"
	"is there of verify.json, claims.json and cost.json (the output of those commands with\n"
	"--json). A report.json that --format=json wrote is shown as it is. Prints the name of\n"
	"the file.",
    .example = "ownbench report results/reference -o reference.html",
    .options = options,
    .max_arguments = MAX_MACHINES,
};

/* A file that is shown has its page beside it. */
static struct file_path default_output(const char *path, int format)
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

/* The page links sources if the document has their address. */
static int show_html(
    FILE *out, const json_t *report, const struct report_options *chosen, struct error *err)
{
	json_t *linked = json_copy((json_t *)report); /* it only reads it */
	int ret;

	if (chosen->source_url)
		json_object_set_new(linked, "source_url", json_string(chosen->source_url));
	ret = page_write(out, "report.html", linked, chosen->data, err);
	json_decref(linked);
	return ret;
}

/* A file has neither a width nor colours. */
static struct terminal destination(const struct report_options *chosen)
{
	const struct terminal terminal = terminal_of(stdout);

	if (chosen->output && strcmp(chosen->output, "-") != 0)
		return (struct terminal){.utf8 = terminal.utf8};
	return terminal;
}

static int show(
    FILE *out, const json_t *report, const struct report_options *chosen, struct error *err)
{
	const struct terminal terminal = destination(chosen);

	switch (chosen->format) {
	case FORMAT_MARKDOWN:
		return show_markdown(out, report, err);
	case FORMAT_CSV:
		return show_csv(out, report, err);
	case FORMAT_SUMMARY:
		return show_summary(out, report, &terminal, err);
	case FORMAT_JSON:
		return write_json(out, report, err);
	default:
		return show_html(out, report, chosen, err);
	}
}

/* Writes all of it to memory, so that a file is there whole or not at all. */
static int write_report(const json_t *report, const struct report_options *chosen, char **text,
    size_t *size, struct error *err)
{
	FILE *out = open_memstream(text, size);
	int ret;

	if (!out)
		return error_errno(err, "cannot write the report");
	ret = show(out, report, chosen, err);
	if (fclose(out) && !ret)
		ret = error_errno(err, "cannot write the report");
	return ret;
}

static int put(const char *path, const char *text, size_t size, struct error *err)
{
	if (!strcmp(path, "-")) {
		fwrite(text, 1, size, stdout); /* main() looks whether it could be written */
		return 0;
	}
	if (file_write_whole(path, text, size, err))
		return -1;
	puts(path);
	return 0;
}

/* Exit status; the error is set unless it is EXIT_OK. */
static int make(
    const struct report_options *chosen, const char *const *paths, size_t nr, struct error *err)
{
	const struct file_path otherwise = default_output(paths[0], chosen->format);
	json_t *report = report_load(paths, nr, err);
	char *text = NULL;
	size_t size;
	int status = EXIT_USAGE;

	/* It reads what --data names. */
	if (report && !write_report(report, chosen, &text, &size, err))
		status = put(chosen->output ? chosen->output : otherwise.s, text, size, err)
		             ? EXIT_CHECK_FAILED
		             : EXIT_OK;
	free(text);
	json_decref(report);
	return status;
}

int cmd_report(int argc, char **argv)
{
	struct data_path data = data_path("");
	struct report_options chosen = {.data = data.s};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &chosen, &first);

	if (status != PARSED)
		return status;
	if (first == argc)
		return command_lacks(&command, "the directory of a sweep is missing");
	status = make(&chosen, (const char *const *)argv + first, (size_t)(argc - first), &err);
	if (status != EXIT_OK)
		command_error(command.name, &err);
	return status;
}
