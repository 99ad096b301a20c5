/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/families/catalogue.h"
#include "bench/options/options.h"
#include "harness/files/json_file.h"
#include "harness/report/compare_sweeps.h"
#include "harness/report/metric.h"
#include "harness/report/number.h"
#include "harness/report/report_sweep_load.h"

struct compare_options {
	const char *metric; /* NULL: what each point is judged by */
	const char *filter;
	double fail_if_slower; /* percent; INFINITY: do not */
	bool json;
};

static const struct option_spec options[] = {
    {"metric", "NAME",
	"Compare a metric, such as probe_p99_ns or cycles_per_op\n"
	"(default: the throughput or time that a point is judged by)",
	OPTION_TEXT(struct compare_options, metric, NULL)},
    {"filter", "REGEX",
	"Compare only runs whose name in benchmark.json matches\n"
	"(POSIX extended)",
	OPTION_TEXT(struct compare_options, filter, NULL)},
    {"fail-if-slower", "PERCENT",
	"Exit with status 1 if a run of B is slower by more than this,\n"
	"by the near end of its interval, or could not be compared",
	OPTION_REAL(struct compare_options, fail_if_slower, 0, 100)},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct compare_options, json)},
    {0},
};

static const struct command command = {
    .name = "compare",
    .synopsis = "[OPTION...] A B | DIR IMPL IMPL",
    .summary =
	"Compares two sweeps, or two implementations of one, point by point: how many times\n"
	"as good B is as A, the 95% interval, and whether they are told apart. \"No difference\"\n"
	"rules out one of 5%. Implementations of one sweep are compared round by round, as in\n"
	"its report. Two sweeps are compared by ratios to the ceiling of the same round, and\n"
	"intervals are wider by 1%, or by as much as the ceiling moved between them. Runs that\n"
	"failed their checks are named and not compared. Exit status 1 by --fail-if-slower only.",
    .example = "ownbench compare DIR mutex_count device_slots",
    .options = options,
    .max_arguments = 3,
};

/* -- words -- */

struct direction {
	const char *more, *less; /* said of B */
};

static struct direction direction_of(const struct point_quantity *quantity)
{
	if (!strcmp(quantity->metric, "items_per_second") || metric_is_time(quantity->metric))
		return (struct direction){"faster", "slower"};
	if (quantity->less)
		return (struct direction){"better", "worse"};
	return (struct direction){"more", "less"};
}

static struct judgement_text verdict_of(const struct compared_pair *pair)
{
	const struct direction direction = direction_of(&pair->quantity);
	struct judgement_text text;

	if (!pair->failure)
		return judgement_text(&pair->comparison.judgement, direction.more, direction.less);
	snprintf(text.s, sizeof(text.s), "not compared: %.160s", pair->failure);
	return text;
}

/* "1.20× (1.15 to 1.26×)"; "-" of what has no ratio. */
static void print_ratio(const struct round_ratio *ratio)
{
	const struct text interval = number_interval(ratio->interval, number_ratio);

	fputs(number_ratio(ratio->value).s, stdout);
	if (interval.s[0])
		printf(" (%s)", interval.s);
}

static void print_pair(const struct compared_pair *pair)
{
	number_format *format = metric_format(pair->quantity.metric);

	printf("    %s", pair->b->id.implementation);
	if (strcmp(pair->a->id.implementation, pair->b->id.implementation) != 0)
		printf(" against %s", pair->a->id.implementation);
	if (!pair->failure) {
		fputs(": ", stdout);
		print_ratio(&pair->comparison.ratio);
		printf(", %s against %s", format(pair->of_b).s, format(pair->of_a).s);
		if (pair->rounds_a == pair->rounds_b)
			printf(", %zu rounds", pair->rounds_a);
		else
			printf(", %zu and %zu rounds", pair->rounds_b, pair->rounds_a);
		if (pair->noise_floor > 0)
			printf(", noise floor %s", number_percent(100 * pair->noise_floor).s);
	}
	printf(": %s\n", verdict_of(pair).s);
}

static void print_point(const struct compared_pair *pair)
{
	const struct run_id *where = &pair->a->id;

	printf("%s, %s, %s", where->workload, point_place(pair->point).s,
	    point_conditions(pair->point, true).s);
	if (where->machine)
		printf(", machine %s", where->machine);
	printf("; %s\n", pair->quantity.metric);
}

static bool any_lacks_ceiling(const struct compared_sweeps *compared)
{
	bool found = false;

	for (size_t i = 0; i < compared->nr; i++)
		found |= compared->pairs[i].lacks_ceiling;
	return found;
}

static void print_all(const struct compared_sweeps *compared)
{
	for (size_t i = 0; i < compared->nr; i++) {
		const struct compared_pair *pair = &compared->pairs[i];

		if (!i || pair->point != pair[-1].point)
			print_point(pair);
		print_pair(pair);
	}
	if (any_lacks_ceiling(compared))
		puts("\nWithout the ceiling in both sweeps, what came over the machine between "
		     "them is not known.");
	if (compared->nr_unmatched)
		printf("\n%zu runs of the first are not in the second\n", compared->nr_unmatched);
	if (compared->nr_without_metric)
		printf("\n%zu pairs lack the metric\n", compared->nr_without_metric);
}

/* -- JSON -- */

static json_t *pair_json(const struct compared_pair *pair)
{
	const struct round_ratio *ratio = &pair->comparison.ratio;
	const double known = pair->failure ? NAN : 0;

	return json_pack(
	    "{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:b, s:s, "
	    "s:s, s:f}",
	    "a", run_id_json(&pair->a->id), "b", run_id_json(&pair->b->id), "metric",
	    pair->quantity.metric, "failure",
	    pair->failure ? json_string(pair->failure) : json_null(), "of_a",
	    number_or_null(pair->of_a + known), "of_b", number_or_null(pair->of_b + known), "ratio",
	    number_or_null(ratio->value + known), "low",
	    number_or_null(ratio->interval.low + known), "high",
	    number_or_null(ratio->interval.high + known), "coverage",
	    number_or_null(ratio->interval.coverage + known), "rounds_a",
	    (json_int_t)pair->rounds_a, "rounds_b", (json_int_t)pair->rounds_b, "noise_floor",
	    number_or_null(pair->noise_floor + known), "by_ceiling", pair->by_ceiling, "told",
	    pair->failure ? "failed" : comparison_told(&pair->comparison), "text",
	    verdict_of(pair).s, "slower_by", compared_slowdown(pair));
}

static void print_json(const struct compared_sweeps *compared)
{
	json_t *pairs = json_array();
	json_t *json;

	for (size_t i = 0; i < compared->nr; i++)
		json_array_append_new(pairs, pair_json(&compared->pairs[i]));
	json = json_pack("{s:I, s:I, s:b, s:o}", "unmatched", (json_int_t)compared->nr_unmatched,
	    "without_metric", (json_int_t)compared->nr_without_metric, "without_ceiling",
	    any_lacks_ceiling(compared), "comparisons", pairs);
	json_dumpf(json, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(json);
}

/* -- */

static int exit_status(const struct compared_sweeps *compared, double fail_if_slower)
{
	for (size_t i = 0; i < compared->nr && isfinite(fail_if_slower); i++) {
		const struct compared_pair *pair = &compared->pairs[i];

		/* A pair that could not be compared does not pass. */
		if (pair->failure || pair->comparison.judgement.told == TOLD_TOO_FEW ||
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

/* Exit status, or -1 with the error set. */
static int compare_and_print(const struct compare_options *chosen, const struct report_sweep *a,
    const struct report_sweep *b, const struct compare_request *request, struct error *err)
{
	struct compared_sweeps compared;
	int status;

	if (compare_sweeps(&compared, a, b, request, err))
		return -1;
	if (chosen->json)
		print_json(&compared);
	else
		print_all(&compared);
	status = exit_status(&compared, chosen->fail_if_slower / 100);
	compared_sweeps_free(&compared);
	return status;
}

/* `dir_b` is NULL where implementations of one sweep are compared. */
static int compare_dirs(const struct compare_options *chosen, const char *dir_a, const char *dir_b,
    const struct compare_request *request, struct error *err)
{
	json_t *catalogue = catalogue_json();
	struct report_sweep a, b = {0};
	int status = report_sweep_load(&a, dir_a, NULL, catalogue, err);

	if (!status && dir_b)
		status = report_sweep_load(&b, dir_b, NULL, catalogue, err);
	if (!status)
		status = compare_and_print(chosen, &a, dir_b ? &b : &a, request, err);
	report_sweep_free(&a);
	report_sweep_free(&b);
	json_decref(catalogue);
	return status;
}

static int compare_arguments(
    const struct compare_options *chosen, int nr, char **arguments, struct error *err)
{
	struct compare_request request = {.metric = chosen->metric};
	regex_t regex;
	int status;

	if (nr < 2)
		return command_lacks(&command, "two sweeps, or one and two implementations");
	if (chosen->filter && regcomp(&regex, chosen->filter, REG_EXTENDED | REG_NOSUB))
		return error_set(
		    err, "--filter=%s: not a regular expression (POSIX extended)", chosen->filter);
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

int cmd_compare(int argc, char **argv)
{
	struct compare_options chosen = {.fail_if_slower = INFINITY};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &chosen, &first);

	if (status != PARSED)
		return status;
	status = compare_arguments(&chosen, argc - first, argv + first, &err);
	if (status < 0) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	return status;
}
