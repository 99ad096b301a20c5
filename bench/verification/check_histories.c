/* SPDX-License-Identifier: MIT */
#include "bench/verification/check_histories.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "bench/options/options.h"
#include "bench/report/page.h"
#include "harness/check/timeline.h"

enum { EXIT_UNDECIDED = 3 };

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

/* Checks one history and prints the judgement. Returns an exit status, or -1 with the error set. */
static int check_history(const struct check_request *request, const char *path,
    const struct history *history, struct error *err)
{
	struct history_verdict v;
	int status = -1;

	if (history_check(history, request->spec, &v)) {
		error_set(err, "%s: not enough memory for %zu operations", path, history->nr);
	} else {
		if (request->json)
			print_json(path, history, &v);
		else
			print_text(path, history, &v);
		status = status_of(v.judgement);
		if (request->timeline && v.judgement == HISTORY_ILLEGAL &&
		    page_save(request->timeline, "timeline.html", timeline_json(history, &v), err))
			status = -1;
	}
	history_verdict_free(&v);
	return status;
}

static int check_file(const struct check_request *request, const char *path)
{
	struct history history = {0};
	struct error err;
	int status = EXIT_USAGE;

	if (history_read(path, &history, &err)) {
		command_error("check", &err);
	} else {
		status = check_history(request, path, &history, &err);
		if (status < 0) {
			command_error("check", &err);
			status = EXIT_CHECK_FAILED;
		}
	}
	history_free(&history);
	return status;
}

/* Returns the more severe of two exit statuses. A malformed file is worse than an illegal history,
 * which is worse than an undecided one. */
static int worse(int a, int b)
{
	static const int order[] = {EXIT_USAGE, EXIT_CHECK_FAILED, EXIT_UNDECIDED};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (a == order[i] || b == order[i])
			return order[i];
	}
	return EXIT_OK;
}

int check_histories(const struct check_request *request, char *const *paths, int nr)
{
	int status = EXIT_OK;

	for (int i = 0; i < nr; i++)
		status = worse(status, check_file(request, paths[i]));
	return status;
}
