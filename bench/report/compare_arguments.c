/* SPDX-License-Identifier: MIT */
#include "bench/report/compare_arguments.h"

#include <math.h>
#include <regex.h>
#include <stdlib.h>

#include "bench/families/implementations_json.h"
#include "bench/options/options.h"
#include "bench/report/compare_print.h"
#include "harness/report/report_sweep_load.h"

static int exit_status(const struct compared_sweeps *compared, double fail_if_slower)
{
	for (size_t i = 0; i < compared->nr && isfinite(fail_if_slower); i++) {
		const struct compared_pair *pair = &compared->pairs[i];

		/* A pair of runs that could not be compared counts as too slow. */
		if (pair->failure || pair->comparison.judgement.difference == DIFFERENCE_TOO_FEW ||
		    !(compared_slowdown(pair) <= fail_if_slower))
			return EXIT_CHECK_FAILED;
	}
	return EXIT_OK;
}

static bool matches_filter(const struct run_id *id, void *arg)
{
	char *name = run_id_name(id);
	const bool matches = regexec(arg, name, 0, NULL, 0) == 0;

	free(name);
	return matches;
}

/* Returns an exit status, or -1 with the error set. */
static int compare_and_print(const struct compare_options *chosen, const struct report_sweep *a,
    const struct report_sweep *b, const struct compare_request *request, struct error *err)
{
	struct compared_sweeps compared;
	int status;

	if (compare_sweeps(&compared, a, b, request, err))
		return -1;
	if (chosen->json)
		compare_print_json(&compared);
	else
		compare_print_text(&compared);
	status = exit_status(&compared, chosen->fail_if_slower / 100);
	compared_sweeps_free(&compared);
	return status;
}

/* `dir_b` is NULL if two implementations of one sweep are compared. */
static int compare_dirs(const struct compare_options *chosen, const char *dir_a, const char *dir_b,
    const struct compare_request *request, struct error *err)
{
	json_t *implementations = implementations_json();
	struct report_sweep a, b = {0};
	int status = report_sweep_load(&a, dir_a, NULL, implementations, err);

	if (!status && dir_b)
		status = report_sweep_load(&b, dir_b, NULL, implementations, err);
	if (!status)
		status = compare_and_print(chosen, &a, dir_b ? &b : &a, request, err);
	report_sweep_free(&a);
	report_sweep_free(&b);
	json_decref(implementations);
	return status;
}

int compare_arguments(
    const struct compare_options *chosen, int nr, char **arguments, struct error *err)
{
	struct compare_request request = {.metric = chosen->metric};
	regex_t regex;
	int status;

	if (chosen->filter && regcomp(&regex, chosen->filter, REG_EXTENDED | REG_NOSUB))
		return error_set(err, "--filter=%s: must be a POSIX extended regular expression",
		    chosen->filter);
	if (chosen->filter) {
		request.pick = matches_filter;
		request.arg = &regex;
	}
	if (nr == 3) {
		request.implementation_a = arguments[1];
		request.implementation_b = arguments[2];
	}
	status = compare_dirs(chosen, arguments[0], nr == 3 ? NULL : arguments[1], &request, err);
	if (chosen->filter)
		regfree(&regex);
	return status;
}
