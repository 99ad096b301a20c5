/* SPDX-License-Identifier: MIT */
/*
 * Pictures of a sweep as inline SVG: they print, and show their values, without a script. Each is
 * written twice, wide and for a phone, and the style sheet shows one of them. What failed its
 * checks is named below and not drawn.
 */
#ifndef HARNESS_RESULTS_REPORT_CHART_H
#define HARNESS_RESULTS_REPORT_CHART_H

#include "harness/results/axis.h"
#include "harness/results/report/report.h"

/* One curve for each implementation over `nr` sets that differ in the axis alone, in its order. */
void chart_lines(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct axis *axis, const struct set *const *sets, size_t nr);

/* One row for each implementation of a set, best first, with its interval: of what the set is
 * judged by, or (not NULL) of another quantity, of which less is better. */
void chart_dots(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set, const struct report_quantity *quantity);

/* Whether a run of the set has some of it. */
bool chart_has_quantity(const struct set *set, const struct report_quantity *quantity);

/* One row for each implementation: from p50 to the maximum of one operation. */
void chart_latency(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set, const char *operation);

/* What a claim's ratio is against the size of a group, and below it how many real groups are so
 * large; nothing where the claim, an entry of claims.json, has no curve. */
void chart_claim(FILE *out, const struct report_machine *machine, const json_t *claim);

/* Whether a run of the set recorded the operation's latency. */
bool chart_has_latency(const struct set *set, const char *operation);

/* -- what the charts share -- */

enum chart_width { CHART_WIDE, CHART_NARROW, NR_CHART_WIDTHS };

struct chart {
	FILE *out;
	const struct report *report;
	const struct report_machine *machine;
	enum chart_width width;
};

/* A group that has the colour and dash of the implementation, and is found by its name. */
void chart_open_series(const struct chart *chart, const char *impl);
void chart_close_series(const struct chart *chart);

size_t chart_shape(const struct chart *chart, const char *impl);

/* How wide a column of names is: what the longest takes, within limits. */
double chart_name_room(const struct chart *chart);

/* The implementation's name, a link to its part of the page; cut where it has no room. */
void chart_name(const struct chart *chart, const char *class, double x, double y, const char *impl);

/* A point of a series: its tooltip, then whatever is drawn, then the end. */
void chart_open_point(const struct chart *chart, const struct set *set,
    const struct sweep_point *point, double x, double y);
/* Of a quantity, behind its first lines. */
void chart_point_line(
    const struct chart *chart, const struct report_quantity *quantity, double value);
void chart_close_point(const struct chart *chart);

/* figure element with its caption; `kind` says what is drawn, as "against threads". */
void chart_open_figure(FILE *out, const struct report_machine *machine, const struct set *set,
    const char *kind, const char *caption);

/* "not drawn, failed their checks: ..." where there is something to name. */
void chart_close_figure(
    FILE *out, const struct report *report, const struct set *const *sets, size_t nr);

#endif
