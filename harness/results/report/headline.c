/* SPDX-License-Identifier: MIT */
#include "harness/results/report/headline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/conditions.h"

static bool is_of_path(const struct set *set, const char *path)
{
	return set->path && !strcmp(set->path, path);
}

static bool same_workload(const struct set *a, const struct set *b)
{
	return !strcmp(a->points[0]->workload, b->points[0]->workload);
}

/* Of the whole sequence, and else comparable with `set`. */
static bool is_beside(const struct set *other, const struct set *set, const char *impl)
{
	const struct sweep_point *point = set_point(other, impl);

	return is_of_path(other, "probe") && point && !point->failure &&
	       other->points[0]->threads == set->points[0]->threads &&
	       !isnan(set_figures(other, point)->of_baseline.value);
}

static void write_ratio(FILE *out, const struct set *set, const char *impl)
{
	const struct sweep_point *point = set_point(set, impl);
	const struct measure *ratio = &set_figures(set, point)->of_baseline;

	fprintf(out, "%s in %s", number_ratio(ratio->value).s, point->workload);
	if (point->topology)
		fprintf(out, " on %s", point->topology);
	if (*measure_ratio_interval(ratio).s)
		fprintf(out, " (%s: %s)", stats_interval_name(ratio->nr).s,
		    number_ratio_interval(ratio->interval).s);
}

/* One of each workload, or (`same`) of the headline's alone. Whether there is any. */
static bool write_whole(
    FILE *out, const struct sets *sets, const struct set *set, const char *impl, bool same)
{
	const char *before = " Over the whole probe and remove (--path=probe): ";
	const struct set *last = NULL;

	for (size_t i = 0; i < sets->nr; i++) {
		const struct set *other = &sets->list[i];

		if (!is_beside(other, set, impl) || same_workload(other, set) != same ||
		    (last && same_workload(last, other)))
			continue;
		fputs(before, out);
		write_ratio(out, other, impl);
		before = ", ";
		last = other;
	}
	if (last)
		fputc('.', out);
	return last != NULL;
}

char *headline_words(const struct report_machine *machine, const struct set *set, const char *impl)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort(); /* a few lines */
	if (is_of_path(set, "ops"))
		fputs("Of the ownership operations alone (--path=ops: no device_lock): ", out);
	if (is_of_path(set, "probe"))
		fputs("Of the whole probe and remove (--path=probe: with device_lock): ", out);
	fprintf(out, "%s, %s, %s.", set->points[0]->workload, set_place(set).s,
	    conditions_of(set->points[0], NULL).s);
	if (is_of_path(set, "ops") && !write_whole(out, &machine->sets, set, impl, true))
		write_whole(out, &machine->sets, set, impl, false);
	fclose(out);
	return text;
}
