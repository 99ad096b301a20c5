/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/data_dir.h"
#include "bench/report/report_save.h"

enum { MAX_MACHINES = 1000 };

static const char *const formats[] = {[REPORT_HTML] = "html",
    [REPORT_MARKDOWN] = "markdown",
    [REPORT_CSV] = "csv",
    [REPORT_SUMMARY] = "summary",
    [REPORT_JSON] = "json",
    NULL};

static int set_source_url(void *field, const char *value, struct error *err)
{
	/* The value becomes a link on the page, so it must not be a javascript: URL. */
	if (strncmp(value, "https://", 8) != 0 && strncmp(value, "http://", 7) != 0)
		return error_set(
		    err, "--source-url=%s: must begin with https:// or http://", value);
	*(const char **)field = value;
	return 0;
}

static const struct option_spec options[] = {
    {"format", "FORMAT",
	"html: a page that needs no other file (default)\n"
	"markdown: a short form for a mail or an issue\n"
	"csv: a line for each result, for a spreadsheet\n"
	"summary: the answers on one screen of text\n"
	"json: all data of the report, as results/FORMATS.md describes it",
	OPTION_CHOICE(struct report_request, format, formats)},
    {"o", "FILE",
	"Write to FILE; - is standard output (default: report.html, .md, .csv\n"
	"or .json in the first DIR; standard output for summary)",
	OPTION_TEXT(struct report_request, output,
	    "-o: the name of a file is missing; - is standard output")},
    {"source-url", "URL",
	"Put URL before impl/... to link implementations to their source\n"
	"(default: no link)",
	OPTION_FUNCTION(struct report_request, source_url, set_source_url)},
    {"data", "DIR",
	"Take plots/report/ from this directory (default: the one that came\n"
	"with the program)",
	OPTION_TEXT(struct report_request, data, NULL)},
    {0},
};

static const struct command command = {
    .name = "report",
    .synopsis = "[OPTION...] DIR...|FILE",
    .summary =
	"Write an HTML page about one or more sweeps, which may be of several machines or\n"
	"families. It shows which design is fastest, which designs are correct, which claims\n"
	"hold, and every figure. Print the page's file name.\n"
	"\n"
	"The page includes verify.json, claims.json and cost.json if DIR has them: the output of\n"
	"'ownbench verify --json', 'claims --json' and 'cost --json'. FILE is a report.json; it\n"
	"is shown unchanged.",
    .examples = {"ownbench report results/reference -o reference.html",
	"ownbench report before --format=markdown -o before.md"},
    .options = options,
    .max_arguments = MAX_MACHINES,
};

int cmd_report(int argc, char **argv)
{
	struct data_path data = data_path("");
	struct report_request request = {.data = data.s};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &request, &first);

	if (status != PARSED)
		return status;
	if (first == argc)
		return command_lacks(&command, "missing argument: the directory of a sweep");
	status =
	    report_save(&request, (const char *const *)argv + first, (size_t)(argc - first), &err);
	if (status != EXIT_OK)
		command_error(command.name, &err);
	return status;
}
