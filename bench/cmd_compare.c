/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/commands.h"
#include "bench/options.h"
#include "harness/files/json_file.h"
#include "harness/results/compare.h"

struct compare_options {
	const char *metric;
	const char *filter;
	double fail_if_slower; /* a share; NAN: do not */
	bool json;
};

static int set_metric(void *context, const char *value, struct error *err)
{
	(void)err;
	((struct compare_options *)context)->metric = value;
	return 0;
}

static int set_filter(void *context, const char *value, struct error *err)
{
	(void)err;
	((struct compare_options *)context)->filter = value;
	return 0;
}

static int set_fail_if_slower(void *context, const char *value, struct error *err)
{
	double percent;

	if (option_real("fail-if-slower", value, 0, 100, &percent, err))
		return -1;
	((struct compare_options *)context)->fail_if_slower = percent / 100;
	return 0;
}

static int set_json(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct compare_options *)context)->json = true;
	return 0;
}

static const struct option_spec options[] = {
    {"metric", "NAME",
	"a number of benchmark.json's, as probe_p99_ns or cycles_per_op\n"
	"(default: items_per_second)",
	set_metric},
    {"filter", "REGEX", "only points whose name has this in it (POSIX extended)", set_filter},
    {"fail-if-slower", "PERCENT",
	"exit status 1 if some point of B is slower by more than this, by\n"
	"the near end of its interval, or could not be compared",
	set_fail_if_slower},
    {"json", NULL, "as JSON", set_json},
    {0},
};

static const struct command command = {
    .name = "compare",
    .synopsis = "[OPTION...] A B | DIR IMPL IMPL",
    .summary =
	"Compares two sweeps, or two implementations of one sweep, point by point: the ratio of\n"
	"the medians with its 95% interval (bootstrap; the range, of fewer than 5 repetitions),\n"
	"Mann-Whitney U over the repetitions, Cliff's delta, and a verdict. p is adjusted for the\n"
	"number of points (Benjamini-Hochberg). What is not beyond the noise floor for sure is\n"
	"called that: 1%, and of two sweeps as much as the ceiling, which no build changes, may\n"
	"have moved between them. Points that failed their checks are named and not compared.\n"
	"Exit status 1 by --fail-if-slower only.",
    .example = "ownbench compare results/reference mutex_count device_slots",
    .options = options,
    .max_arguments = 3,
};

/* -- what is compared -- */

struct matching {
	const char *impl_a; /* NULL: the same points of two sweeps */
	const char *impl_b;
	const regex_t *filter;
};

static bool picked(const struct sweep_point *a, void *arg)
{
	const struct matching *matching = arg;

	if (matching->impl_a && strcmp(a->impl, matching->impl_a) != 0)
		return false;
	return !matching->filter || regexec(matching->filter, a->name, 0, NULL, 0) == 0;
}

static bool matches(const struct sweep_point *a, const struct sweep_point *b, void *arg)
{
	const struct matching *matching = arg;

	if (!matching->impl_a)
		return !strcmp(a->name, b->name);
	return !strcmp(b->impl, matching->impl_b) && !strcmp(a->workload, b->workload) &&
	       !strcmp(a->rest, b->rest);
}

/* -- the verdict -- */

/* "41x", or "+3.1%" where it goes with one that is `small`. */
static void print_times(FILE *out, double ratio, bool small)
{
	if (small)
		fprintf(out, "%+.1f%%", 100 * (ratio - 1));
	else
		fprintf(out, "%.3gx", ratio);
}

/* "41x (38x to 44x)", of large ratios; "+3.1% (+1.2% to +5.0%)" of small ones. What is 0 has no
 * ratio; and where it is in some repetitions, the interval may have no end. */
static void print_ratio(FILE *out, const struct comparison *c)
{
	const bool small = c->ratio > 0.5 && c->ratio < 2;

	if (!isfinite(c->ratio)) {
		fprintf(out, "%.3g against %.3g", c->of_b, c->of_a);
		return;
	}
	print_times(out, c->ratio, small);
	if (!isfinite(c->interval.low)) {
		fputs(" (no interval)", out);
		return;
	}
	fputs(
	    c->a->nr_runs < STATS_ENOUGH || c->b->nr_runs < STATS_ENOUGH ? " (range " : " (", out);
	print_times(out, c->interval.low, small);
	fputs(isfinite(c->interval.high) ? " to " : " at least", out);
	if (isfinite(c->interval.high))
		print_times(out, c->interval.high, small);
	fputs(")", out);
}

static const char *better_or_worse(const struct compare *compare, bool more)
{
	if (!strcmp(compare->metric, "items_per_second"))
		return more ? "faster" : "slower";
	if (metric_is_cost(compare->metric))
		return more ? "worse" : "better";
	return more ? "more" : "less";
}

static void print_verdict(FILE *out, const struct compare *compare, const struct comparison *c)
{
	switch (c->verdict) {
	case COMPARED_FAILED:
		fprintf(out, "not compared: %s", c->a->failure ? c->a->failure : c->b->failure);
		break;
	case COMPARED_TOO_FEW:
		fputs("too few repetitions to tell: 4 at least", out);
		break;
	case COMPARED_EQUAL:
		fputs("no difference", out);
		break;
	case COMPARED_NOISE:
		if (isfinite(compare->noise_floor))
			fprintf(out, "below the noise floor of this machine (%.1f%%)",
			    100 * compare->noise_floor);
		else
			fputs("nothing beyond the noise, which may be any", out);
		break;
	default:
		fputs(better_or_worse(compare, c->verdict == COMPARED_MORE), out);
	}
}

static char *verdict_text(const struct compare *compare, const struct comparison *c)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort(); /* a line */
	print_verdict(out, compare, c);
	fclose(out);
	return text;
}

static void print_noise_floor(const struct compare *compare)
{
	if (isfinite(compare->noise_floor))
		printf(
		    "%s; the noise floor is %.1f%%", compare->metric, 100 * compare->noise_floor);
	else
		printf("%s; the noise has no bound: the ceiling was measured too seldom, or in "
		       "some repetitions did nothing",
		    compare->metric);
	puts(compare->without_ceiling
		 ? ": not both have the ceiling, and what came over the machine between them is "
		   "not known\n"
		 : "\n");
}

static void print_all(const struct compare *compare, const struct matching *matching)
{
	print_noise_floor(compare);
	for (size_t i = 0; i < compare->nr; i++) {
		const struct comparison *c = &compare->all[i];

		if (matching->impl_a)
			printf("%s%s\n    %s against %s: ", c->a->workload, c->a->rest, c->b->impl,
			    c->a->impl);
		else
			printf("%s\n    ", c->a->name);
		print_verdict(stdout, compare, c);
		if (c->verdict != COMPARED_FAILED) {
			fputs(", ", stdout);
			print_ratio(stdout, c);
			printf(", p %.2g, delta %+.2f, %zu and %zu repetitions", c->p,
			    c->test.delta, c->a->nr_runs, c->b->nr_runs);
		}
		putchar('\n');
	}
	if (compare->nr_unmatched)
		printf("\n%zu points of the first are not in the second\n", compare->nr_unmatched);
	if (compare->nr_without_metric)
		printf(
		    "\n%zu points do not tell %s\n", compare->nr_without_metric, compare->metric);
}

static json_t *comparison_json(const struct compare *compare, const struct comparison *c)
{
	char *verdict = verdict_text(compare, c);
	json_t *json =
	    json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:f, s:f, s:f, s:f, s:s, s:o}", "a",
		c->a->name, "b", c->b->name, "of_a", number_or_null(c->of_a), "of_b",
		number_or_null(c->of_b), "ratio", number_or_null(c->ratio), "low",
		number_or_null(c->interval.low), "high", number_or_null(c->interval.high), "p",
		c->p, "p_noise", c->p_noise, "u", c->test.u, "delta", c->test.delta, "verdict",
		verdict, "slower_by", number_or_null(comparison_slowdown(compare, c)));

	free(verdict);
	return json;
}

static void print_json(const struct compare *compare)
{
	json_t *all = json_array();
	json_t *json;

	for (size_t i = 0; i < compare->nr; i++)
		json_array_append_new(all, comparison_json(compare, &compare->all[i]));
	json = json_pack("{s:s, s:o, s:b, s:I, s:o}", "metric", compare->metric, "noise_floor",
	    number_or_null(compare->noise_floor), "without_ceiling", compare->without_ceiling,
	    "unmatched", (json_int_t)compare->nr_unmatched, "comparisons", all);
	json_dumpf(json, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(json);
}

static int exit_status(const struct compare *compare, const struct compare_options *chosen)
{
	for (size_t i = 0; i < compare->nr && isfinite(chosen->fail_if_slower); i++) {
		const struct comparison *c = &compare->all[i];

		/* What cannot be told is no pass. */
		if (c->verdict == COMPARED_FAILED || c->verdict == COMPARED_TOO_FEW ||
		    !(comparison_slowdown(compare, c) <= chosen->fail_if_slower))
			return EXIT_CHECK_FAILED;
	}
	return EXIT_OK;
}

/* -- */

static int compare_and_print(const struct compare_options *chosen, const struct sweep *a,
    const struct sweep *b, struct matching *matching, struct error *err)
{
	struct compare compare;
	int status;

	if (compare_sweeps(&compare, a, b, chosen->metric, picked, matches, matching, err))
		return -1;
	if (chosen->json)
		print_json(&compare);
	else
		print_all(&compare, matching);
	status = exit_status(&compare, chosen);
	compare_free(&compare);
	return status;
}

static int compare_dirs(const struct compare_options *chosen, const char *dir_a, const char *dir_b,
    struct matching *matching, struct error *err)
{
	struct sweep a, b;
	int status;

	if (sweep_load(dir_a, &a, err))
		return -1;
	if (!strcmp(dir_a, dir_b)) { /* what came over the machine came over all of it */
		status = compare_and_print(chosen, &a, &a, matching, err);
		sweep_free(&a);
		return status;
	}
	if (sweep_load(dir_b, &b, err)) {
		sweep_free(&a);
		return -1;
	}
	status = compare_and_print(chosen, &a, &b, matching, err);
	sweep_free(&a);
	sweep_free(&b);
	return status;
}

/* Exit status, or -1 with the error set. */
static int compare_arguments(
    const struct compare_options *chosen, int nr, char **arguments, struct error *err)
{
	struct matching matching = {0};
	regex_t regex;
	int status;

	if (nr < 2)
		return command_lacks(&command, "two sweeps, or one and two implementations");
	if (chosen->filter && regcomp(&regex, chosen->filter, REG_EXTENDED | REG_NOSUB)) {
		error_set(
		    err, "--filter=%s: not a regular expression (POSIX extended)", chosen->filter);
		command_error(&command, err);
		return EXIT_USAGE;
	}
	if (chosen->filter)
		matching.filter = &regex;
	if (nr == 3) {
		matching.impl_a = arguments[1];
		matching.impl_b = arguments[2];
	}
	status = compare_dirs(
	    chosen, arguments[0], nr == 3 ? arguments[0] : arguments[1], &matching, err);
	if (matching.filter)
		regfree(&regex);
	return status;
}

int cmd_compare(int argc, char **argv)
{
	struct compare_options chosen = {.metric = "items_per_second", .fail_if_slower = INFINITY};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &chosen, &first);

	if (status != PARSED)
		return status;
	status = compare_arguments(&chosen, argc - first, argv + first, &err);
	if (status < 0) {
		command_error(&command, &err);
		return EXIT_USAGE;
	}
	return status;
}
