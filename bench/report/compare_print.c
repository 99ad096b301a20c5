/* SPDX-License-Identifier: MIT */
#include "bench/report/compare_print.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/report/metric.h"
#include "harness/report/number.h"

/* -- words -- */

struct direction {
	const char *more, *less; /* words for B being better or worse than A */
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

/* Prints e.g. "1.20× (1.15 to 1.26×)", or "-" if there is no ratio. */
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

void compare_print_text(const struct compared_sweeps *compared)
{
	for (size_t i = 0; i < compared->nr; i++) {
		const struct compared_pair *pair = &compared->pairs[i];

		if (!i || pair->point != pair[-1].point)
			print_point(pair);
		print_pair(pair);
	}
	if (any_lacks_ceiling(compared))
		puts("\nNot both sweeps have the ceiling, so a change of the machine cannot be "
		     "distinguished from a change of the design.");
	if (compared->nr_unmatched)
		printf("\n%zu runs of the first sweep are not in the second\n",
		    compared->nr_unmatched);
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
	    pair->failure ? "failed" : comparison_word(&pair->comparison), "text",
	    verdict_of(pair).s, "slower_by", compared_slowdown(pair));
}

void compare_print_json(const struct compared_sweeps *compared)
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
