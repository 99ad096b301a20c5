/* SPDX-License-Identifier: MIT */
#include "harness/results/table.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/stats.h"

/* By workload, threads, devices, groups; then the ceiling, the passing ones by speed, the failed.
 */
static int by_rank(const void *left, const void *right)
{
	const struct sweep_point *a = *(const struct sweep_point *const *)left;
	const struct sweep_point *b = *(const struct sweep_point *const *)right;
	int order = strcmp(a->workload, b->workload);

	if (!order)
		order = (a->threads > b->threads) - (a->threads < b->threads);
	if (!order)
		order = (a->devices > b->devices) - (a->devices < b->devices);
	if (!order)
		order = strcmp(a->rest, b->rest);
	if (!order)
		order = (a->failure != NULL) - (b->failure != NULL);
	if (!order)
		order = sweep_is_ceiling(b) - sweep_is_ceiling(a);
	if (!order)
		order = (a->median < b->median) - (a->median > b->median);
	return order;
}

static void print_si(FILE *out, double value)
{
	static const char prefixes[] = " kMGT";
	int i = 0;

	for (; value >= 999.5 && prefixes[i + 1]; i++)
		value /= 1000;
	fprintf(out, "%7.3g %c", value, prefixes[i]);
}

/* Where memory decides what fits: with many groups, or large ones. */
static void print_size(FILE *out, const struct sweep_point *point)
{
	enum { MANY = 1000 };
	double bytes = sweep_counter(point, "bytes_per_group");
	double setup = sweep_counter(point, "setup_seconds");

	if (isnan(bytes) || (point->groups < MANY && point->devices < MANY))
		return;
	fprintf(out, "  %.0f bytes a group, set up in %.2g s", bytes, setup);
}

/* Of half its width, in percent, under that heading; empty where there is none. */
static void print_interval(FILE *out, const struct sweep_point *point, int width)
{
	char text[32] = "";

	if (point->nr_runs > 1)
		snprintf(text, sizeof(text), "+-%4.1f%%",
		    point->median > 0 ? 50 * (point->high - point->low) / point->median : 0);
	fprintf(out, "  %*s", width, text);
}

static struct interval_name interval_of(const struct sweep_point *point)
{
	return stats_interval_name(point->nr_runs);
}

/* As wide as the heading. */
static int interval_width(const struct interval_name *heading)
{
	const int least = 7, width = (int)strlen(heading->s);

	return width > least ? width : least;
}

static void print_row(
    FILE *out, const struct sweep_point *point, const struct interval_name *heading)
{
	double refused = sweep_counter(point, "refused_per_second");
	double bind = sweep_counter(point, "time_to_last_bind_us");
	double doubles = sweep_counter(point, "double_set_ups_per_million");
	double reports = sweep_counter(point, "reports_per_million");
	double unbinds = sweep_counter(point, "unbinds_per_second");

	fprintf(out, "  %-26s", point->impl);
	print_si(out, point->median);
	fputs("/s", out);
	print_interval(out, point, interval_width(heading));
	if (isnan(point->ceiling_ratio))
		fprintf(out, "         ");
	else
		fprintf(out, "  %7.4f", point->ceiling_ratio);
	if (!isnan(bind))
		fprintf(out, "  last bind after %.4g us", bind);
	if (doubles > 0)
		fprintf(out, "  %.3g double set-ups per million", doubles);
	if (reports > 0)
		fprintf(out, "  %.3g reports per million", reports);
	if (unbinds > 0)
		fprintf(out, "  %.3g unbinds/s, %.3g (at most %.3g) B held", unbinds,
		    sweep_counter(point, "held_bytes"), sweep_counter(point, "held_bytes_max"));
	if (refused > 0) {
		fprintf(out, "  refused");
		print_si(out, refused);
		fprintf(out, "/s");
	}
	print_size(out, point);
	if (point->nr_runs > 1 && strcmp(interval_of(point).s, heading->s) != 0)
		fprintf(out, "  %s%s", interval_of(point).s,
		    point->nr_runs < STATS_ENOUGH ? "" : " interval");
	fputc('\n', out);
}

static void print_latency(FILE *out, const struct sweep_point *point, const char *op)
{
	static const char *const percentiles[] = {"p50", "p90", "p99", "p999", "max"};
	char name[64];

	snprintf(name, sizeof(name), "%s_p50_ns", op);
	if (isnan(sweep_counter(point, name)))
		return;
	fprintf(out, "  %-26s  %-13s", point->impl, op);
	for (size_t i = 0; i < sizeof(percentiles) / sizeof(percentiles[0]); i++) {
		snprintf(name, sizeof(name), "%s_%s_ns", op, percentiles[i]);
		fprintf(out, " %9.4g", sweep_counter(point, name));
	}
	fputc('\n', out);
}

/* Of the passing ones, where operations were timed. */
static void print_latencies(FILE *out, struct sweep_point *const *points, size_t nr)
{
	static const char *const ops[] = {"probe", "refused", "remove", "claim", "claim_success",
	    "release", "query", "use", "unbind", "first_touch", "retouch"};
	bool headed = false;

	for (size_t op = 0; op < sizeof(ops) / sizeof(ops[0]); op++) {
		for (size_t i = 0; i < nr && !points[i]->failure; i++) {
			char name[64];

			snprintf(name, sizeof(name), "%s_p50_ns", ops[op]);
			if (!headed && !isnan(sweep_counter(points[i], name))) {
				fprintf(out, "  %-26s  %-13s %9s %9s %9s %9s %9s\n", "latency, ns",
				    "", "p50", "p90", "p99", "p99.9", "max");
				headed = true;
			}
			print_latency(out, points[i], ops[op]);
		}
	}
}

/* Of the one that has most repetitions: an interrupted sweep has some with fewer. */
static struct interval_name heading_of(struct sweep_point *const *points, size_t nr)
{
	size_t most = 0;

	for (size_t i = 0; i < nr; i++)
		most = points[i]->nr_runs > most ? points[i]->nr_runs : most;
	return stats_interval_name(most);
}

static void print_heading(
    FILE *out, const struct sweep_point *point, const struct interval_name *interval)
{
	fprintf(out, "%s%s\n  %-26s%11s  %*s  %7s\n", point->workload, point->rest,
	    "implementation", point->unit ? point->unit : "items", interval_width(interval),
	    interval->s, "ceiling");
}

/* Points of one heading, sorted. */
static void print_set(FILE *out, struct sweep_point *const *points, size_t nr)
{
	const struct interval_name interval = heading_of(points, nr);
	size_t i = 0;

	print_heading(out, points[0], &interval);
	for (; i < nr && !points[i]->failure; i++)
		print_row(out, points[i], &interval);
	print_latencies(out, points, nr);
	if (i < nr)
		fprintf(out, "  failed their checks, not ranked:\n");
	for (; i < nr; i++)
		fprintf(out, "  %s\n      %s\n", points[i]->impl, points[i]->failure);
}

void sweep_print_table(FILE *out, const struct sweep *sweep)
{
	struct sweep_point **sorted = calloc(sweep->nr_points + 1, sizeof(*sorted));
	size_t nr;

	if (!sorted)
		return;
	for (size_t i = 0; i < sweep->nr_points; i++)
		sorted[i] = &sweep->points[i];
	qsort(sorted, sweep->nr_points, sizeof(*sorted), by_rank);
	for (size_t i = 0; i < sweep->nr_points; i += nr) {
		for (nr = 1; i + nr < sweep->nr_points; nr++) {
			if (!sweep_same_place(sorted[i], sorted[i + nr]))
				break;
		}
		if (i)
			fputc('\n', out);
		print_set(out, sorted + i, nr);
	}
	free(sorted);
}
