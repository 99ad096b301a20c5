/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/page.h"
#include "harness/check/linearize.h"
#include "harness/check/timeline.h"

enum { EXIT_UNDECIDED = 3, FILES_MAX = 65536 };

struct check_options {
	const char *timeline; /* NULL: none */
	enum history_spec spec;
	bool json;
};

static const char *const specs[] = {
    [HISTORY_EXACT] = "exact", [HISTORY_CAUTIOUS] = "cautious", NULL};

static const struct option_spec options[] = {
    {"spec", "SPEC",
	"exact: a refusal needs a conflicting holder; cautious: ownership's\n"
	"refusals are right at any time (default: exact)",
	OPTION_CHOICE(struct check_options, spec, specs)},
    {"timeline", "FILE",
	"write a page, FILE.html, that draws the window which nothing explains,\n"
	"of the last illegal history",
	OPTION_TEXT(struct check_options, timeline, NULL)},
    {"json", NULL, "as JSON, a line for each file", OPTION_FLAG(struct check_options, json)},
    {0},
};

static const struct command command = {
    .name = "check",
    .synopsis = "[OPTION...] FILE...",
    .summary =
	"Checks recorded histories (results/HISTORY.md) for linearizability, group by group, or\n"
	"provider by provider, or device by device; a file is of one family.\n"
	"Exit status 0: all are legal; 1: one is illegal, and its shortest unexplained window is\n"
	"shown; 2: a file is malformed; 3: none is illegal, but one could not be decided.",
    .example = "ownbench check --timeline=window.html sweep/history-1234.jsonl",
    .max_arguments = FILES_MAX,
    .options = options,
};

static const char *judgement_name(enum history_judgement judgement)
{
	static const char *const names[] = {"legal", "illegal", "undecided"};

	return names[judgement];
}

static void print_json(
    const char *path, const struct history *history, const struct history_verdict *v)
{
	json_t *line = json_pack("{s:s, s:s, s:I}", "file", path, "judgement",
	    judgement_name(v->judgement), "operations", (json_int_t)history->nr);

	if (v->judgement != HISTORY_LEGAL) {
		json_object_set_new(line, v->object, json_integer(v->group));
		json_object_set_new(line, "reason", json_string(v->reason));
	}
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}

static void print_text(
    const char *path, const struct history *history, const struct history_verdict *v)
{
	printf("%s: %s, %zu operations", path, judgement_name(v->judgement), history->nr);
	if (v->judgement != HISTORY_LEGAL)
		printf("; %s %" PRIu32 ": %s", v->object, v->group, v->reason);
	putchar('\n');
	if (v->judgement == HISTORY_ILLEGAL)
		history_print_window(stdout, history, v);
}

static int status_of(enum history_judgement judgement)
{
	if (judgement == HISTORY_LEGAL)
		return EXIT_OK;
	return judgement == HISTORY_ILLEGAL ? EXIT_CHECK_FAILED : EXIT_UNDECIDED;
}

/* -1 with the error set, or the exit status. */
static int check_history(const struct check_options *check, const char *path,
    const struct history *history, struct error *err)
{
	struct history_verdict v;
	int status = -1;

	if (history_check(history, check->spec, &v)) {
		error_set(err, "%s: not enough memory for %zu operations", path, history->nr);
	} else {
		if (check->json)
			print_json(path, history, &v);
		else
			print_text(path, history, &v);
		status = status_of(v.judgement);
		if (check->timeline && v.judgement == HISTORY_ILLEGAL &&
		    page_save(check->timeline, "timeline.html", timeline_json(history, &v), err))
			status = -1;
	}
	history_verdict_free(&v);
	return status;
}

static int check_file(const struct check_options *check, const char *path)
{
	struct history history = {0};
	struct error err;
	int status = EXIT_USAGE;

	if (history_read(path, &history, &err)) {
		command_error(command.name, &err);
	} else {
		status = check_history(check, path, &history, &err);
		if (status < 0) {
			command_error(command.name, &err);
			status = EXIT_CHECK_FAILED;
		}
	}
	history_free(&history);
	return status;
}

/* A file that is malformed comes before all, an illegal one before an undecided one. */
static int worse(int a, int b)
{
	static const int order[] = {EXIT_USAGE, EXIT_CHECK_FAILED, EXIT_UNDECIDED};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (a == order[i] || b == order[i])
			return order[i];
	}
	return EXIT_OK;
}

int cmd_check(int argc, char **argv)
{
	struct check_options check = {0};
	int first;
	int status = options_parse(&command, argc, argv, &check, &first);

	if (status != PARSED)
		return status;
	if (first == argc) {
		fprintf(
		    stderr, "ownbench check: no FILE; 'ownbench check --help' shows what goes\n");
		return EXIT_USAGE;
	}
	status = EXIT_OK;
	for (int i = first; i < argc; i++)
		status = worse(status, check_file(&check, argv[i]));
	return status;
}
