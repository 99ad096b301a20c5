/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/build_info.h"
#include "bench/catalogue.h"
#include "bench/commands.h"
#include "bench/data_dir.h"
#include "bench/options.h"
#include "harness/files/file.h"
#include "harness/results/report/report.h"

enum { MAX_MACHINES = 1000 };
enum format { FORMAT_HTML, FORMAT_MARKDOWN, FORMAT_CSV };

struct report_options {
	int format;
	const char *output;
	const char *data;
	const char *source_url;
};

static int set_format(void *context, const char *value, struct error *err)
{
	static const char *const names[] = {"html", "markdown", "csv", NULL};

	return option_choice(
	    "format", value, names, &((struct report_options *)context)->format, err);
}

static int set_output(void *context, const char *value, struct error *err)
{
	if (!*value)
		return error_set(err, "-o: the name of a file is missing; - is standard output");
	((struct report_options *)context)->output = value;
	return 0;
}

static int set_data(void *context, const char *value, struct error *err)
{
	(void)err;
	((struct report_options *)context)->data = value;
	return 0;
}

static int set_source_url(void *context, const char *value, struct error *err)
{
	/* It becomes a link: a script must not. */
	if (strncmp(value, "https://", 8) != 0 && strncmp(value, "http://", 7) != 0)
		return error_set(
		    err, "--source-url=%s: must begin with https:// or http://", value);
	((struct report_options *)context)->source_url = value;
	return 0;
}

static const struct option_spec options[] = {
    {"format", "FORMAT",
	"html: one page that needs nothing else (default)\n"
	"markdown: the same in short, for a mail or an issue\n"
	"csv: a line for each repetition, with all counters, and for each\n"
	"failed run",
	set_format},
    {"o", "FILE",
	"where it goes; - is standard output (default: DIR/report.html,\n"
	".md or .csv, in the first DIR)",
	set_output},
    {"source-url", "URL",
	"put before impl/... to link an implementation to its source\n"
	"(default: no link; the page holds the source itself)",
	set_source_url},
    {"data", "DIR",
	"where plots/report/ and impl/ are (default: those that came with\n"
	"the program)",
	set_data},
    {0},
};

static const struct command command = {
    .name = "report",
    .synopsis = "[OPTION...] DIR...",
    .summary =
	"Makes one page of a sweep, or of several machines' sweeps side by side: which design is\n"
	"fastest, which are right, which of the debate's claims hold, and every figure. Sweeps of\n"
	"several families (run --family) have a part each. Beside DIR/benchmark.json it shows\n"
	"what is there of verify.json, claims.json and cost.json (the output of those commands\n"
	"with --json). Prints the name of the file.",
    .example = "ownbench report results/reference -o reference.html",
    .options = options,
    .max_arguments = MAX_MACHINES,
};

static char *default_output(const char *dir, int format)
{
	static const char *const names[] = {"report.html", "report.md", "report.csv"};

	return file_path(dir, names[format]);
}

static char *made_with(void)
{
	char date[32], *text;
	time_t now = time(NULL);
	struct tm tm;

	strftime(date, sizeof(date), "%Y-%m-%d", gmtime_r(&now, &tm));
	if (asprintf(&text, "Made on %s by ownbench %s (%s).", date, build_info()->version,
		build_info()->commit) < 0)
		abort();
	return text;
}

/* The whole report in memory, so that a file is there whole or not at all. */
static int write_report(
    const struct report *report, int format, char **text, size_t *size, struct error *err)
{
	FILE *out = open_memstream(text, size);
	int ret = 0;

	if (!out)
		return error_errno(err, "cannot write the report");
	if (format == FORMAT_HTML)
		ret = report_html(out, report, err);
	else if (format == FORMAT_MARKDOWN)
		report_markdown(out, report);
	else
		report_csv(out, report);
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
    const struct report_options *chosen, const char *const *dirs, size_t nr, struct error *err)
{
	json_t *catalogue = catalogue_json();
	char *made = made_with();
	char *path =
	    chosen->output ? strdup(chosen->output) : default_output(dirs[0], chosen->format);
	struct report report = {.catalogue = catalogue,
	    .data = chosen->data,
	    .source_url = chosen->source_url,
	    .made = made};
	char *text = NULL;
	size_t size;
	int status = EXIT_USAGE;

	if (!report_load(&report, dirs, nr, err)) {
		/* It reads what --data names. */
		if (!write_report(&report, chosen->format, &text, &size, err))
			status = put(path, text, size, err) ? EXIT_CHECK_FAILED : EXIT_OK;
		report_free(&report);
	}
	free(text);
	free(path);
	free(made);
	json_decref(catalogue);
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
		command_error(&command, &err);
	return status;
}
