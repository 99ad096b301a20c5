/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/report/classes.h"
#include "harness/report/comparison.h"
#include "harness/report/number.h"
#include "harness/report/parts.h"

/* -- the fastest design of a point -- */

static bool is_candidate(
    const struct report_sweep *sweep, const struct point_run *run, bool best_class)
{
	const char *implementation = run->run->id.implementation;

	return !class_why_unranked(sweep, implementation) &&
	       (!best_class || class_is_best(sweep, implementation));
}

/* Returns the best candidate ranked after `after`, or the best of all if `after` is NULL. Returns
 * NULL if there is no such candidate. */
static const struct point_run *next_best(const struct report_sweep *sweep,
    const struct point *point, const struct point_run *after, bool best_class)
{
	for (size_t i = after ? (size_t)(after - point->runs) + 1 : 0; i < point->nr_passed; i++) {
		if (is_candidate(sweep, &point->runs[i], best_class))
			return &point->runs[i];
	}
	return NULL;
}

static const struct point_run *fastest_at(
    const struct report_sweep *sweep, const struct point *point, bool best_class)
{
	return next_best(sweep, point, NULL, best_class);
}

static json_t *fastest_of(
    const struct report_sweep *sweep, const struct point *point, bool best_class)
{
	const struct point_run *first = fastest_at(sweep, point, best_class), *second;
	struct comparison comparison;
	const char *name;
	bool precise;

	if (!first)
		return json_null();
	name = first->run->id.implementation;
	precise = precision_of(sweep, point, first).state != PRECISION_MISSED;
	second = next_best(sweep, point, first, best_class);
	if (!second)
		return json_pack("{s:s, s:s, s:b, s:n, s:n, s:n, s:n}", "implementation", name,
		    "class", class_of(sweep, name), "precise", precise, "second", "told_apart",
		    "to_second", "text");
	comparison = compare_runs(point, first, second);
	return json_pack("{s:s, s:s, s:b, s:s, s:b, s:o, s:s}", "implementation", name, "class",
	    class_of(sweep, name), "precise", precise, "second", second->run->id.implementation,
	    "told_apart", comparison.judgement.difference == DIFFERENCE_MORE, "to_second",
	    measure_of_ratio(&comparison.ratio), "text",
	    judgement_text(&comparison.judgement, "faster", "slower").s);
}

json_t *fastest_json(const struct report_sweep *sweep, const struct point *point)
{
	return json_pack("{s:o, s:o}", "best_class", fastest_of(sweep, point, true), "any_class",
	    fastest_of(sweep, point, false));
}

/* -- the point that answers the family's question -- */

/* The preferred number of devices in a group. */
enum { USUAL_DEVICES = 8 };

/* Returns the distance of a point from the preferred headline point. Threads have the largest
 * weight, then special parameters, then devices. */
static double distance_from_usual(const struct run_id *where, unsigned int cpus)
{
	const double beyond = where->threads > cpus ? 1e6 : 0;

	return beyond + fabs((double)where->threads - cpus) * 1e3 +
	       fabs(log2(fmax(1, where->devices) / USUAL_DEVICES)) +
	       (json_object_size(where->parameters) ? 100 : 0);
}

/*
 * Returns the point for the headline: in the family's headline workload, the point with the number
 * of threads closest to the number of CPUs (but not more), no special parameters and groups of 8
 * devices. If that workload was not run or no design passed there, returns the first point at which
 * the most designs passed. Never returns NULL.
 */
static const struct point *find_headline(const struct report_sweep *sweep)
{
	const unsigned int cpus = sweep->nr_cpus ? sweep->nr_cpus : 1;
	const struct point *best = NULL, *most = &sweep->points.list[0];

	for (size_t i = 0; i < sweep->points.nr; i++) {
		const struct point *point = &sweep->points.list[i];

		if (point->nr_passed > most->nr_passed)
			most = point;
		if (!strcmp(point->where->workload, sweep->family->headline) &&
		    (!best || distance_from_usual(point->where, cpus) <
				  distance_from_usual(best->where, cpus)))
			best = point;
	}
	return best && best->nr_passed ? best : most;
}

/* -- the headline in words -- */

static bool is_of_path(const struct point *point, const char *path)
{
	return point->where->path && !strcmp(point->where->path, path);
}

static bool same_workload(const struct point *a, const struct point *b)
{
	return !strcmp(a->where->workload, b->where->workload);
}

/* Returns whether `other` can supplement `point`: it measured the whole probe and remove with the
 * same number of threads, and has a ratio of the implementation to the baseline. */
static bool is_beside(
    const struct point *other, const struct point *point, const char *implementation)
{
	const struct point_run *run = point_find(other, implementation);

	return is_of_path(other, "probe") && run && !isnan(run->median) && other->baseline &&
	       other->where->threads == point->where->threads;
}

static void write_ratio(FILE *out, const struct point *point, const char *implementation)
{
	const struct round_ratio ratio =
	    point_ratio(point, point_find(point, implementation), point->baseline);

	fprintf(out, "%s in %s", number_ratio(ratio.value).s, point->where->workload);
	if (point->where->topology)
		fprintf(out, " on %s", point->where->topology);
	if (interval_is_known(ratio.interval))
		fprintf(out, " (%s)", number_interval(ratio.interval, number_ratio).s);
}

/* Writes the implementation's ratios to the baseline that were measured with --path=probe: if
 * `same`, in the workload of `point`; otherwise in all other workloads. Returns whether any ratio
 * was written. */
static bool write_whole_sequence(FILE *out, const struct report_sweep *sweep,
    const struct point *point, const char *implementation, bool same)
{
	const char *before = " For the whole probe and remove (--path=probe): ";
	const struct point *last = NULL;

	for (size_t i = 0; i < sweep->points.nr; i++) {
		const struct point *other = &sweep->points.list[i];

		if (!is_beside(other, point, implementation) ||
		    same_workload(other, point) != same || (last && same_workload(last, other)))
			continue;
		fputs(before, out);
		write_ratio(out, other, implementation);
		before = ", ";
		last = other;
	}
	if (last)
		fputc('.', out);
	return last != NULL;
}

static char *headline_words(
    const struct report_sweep *sweep, const struct point *point, const char *implementation)
{
	char *text = NULL;
	size_t size;
	FILE *out = text_stream(&text, &size);

	if (is_of_path(point, "ops"))
		fputs("Ownership operations only (--path=ops: without device_lock): ", out);
	if (is_of_path(point, "probe"))
		fputs("Whole probe and remove (--path=probe: with device_lock): ", out);
	fprintf(out, "%s, %s, %s.", point->where->workload, point_place(point).s,
	    point_conditions(point, false).s);
	if (is_of_path(point, "ops") &&
	    !write_whole_sequence(out, sweep, point, implementation, true))
		write_whole_sequence(out, sweep, point, implementation, false);
	fclose(out);
	return text;
}

json_t *headline_json(const struct report_sweep *sweep)
{
	const struct point *point = find_headline(sweep);
	const struct point_run *first = fastest_at(sweep, point, true);
	char *words;
	json_t *json;

	if (!first)
		first = fastest_at(sweep, point, false);
	words = first ? headline_words(sweep, point, first->run->id.implementation) : NULL;
	json = json_pack("{s:s, s:o, s:s?}", "point", point->id, "fastest",
	    fastest_json(sweep, point), "words", words);
	free(words);
	return json;
}
