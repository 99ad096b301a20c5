/* SPDX-License-Identifier: MIT */
/* A report document (report.json) as text. Each returns 0, or -1 with the error set and nothing
 * printed: the document is malformed. */
#ifndef HARNESS_SHOW_SHOW_H
#define HARNESS_SHOW_SHOW_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"
#include "harness/show/terminal.h"

/* So that a line before and two behind it still fit in 40. */
enum { SUMMARY_LINES_MAX = 37 };

/*
 * The answer in at most SUMMARY_LINES_MAX lines: the fastest right design under each workload,
 * designs that are not what they declare, failures, the claims by verdict, what spoils results on
 * the machine, and how many ratios are as precise as asked for.
 */
int show_summary(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

/* A table for each point, fastest design first. On a terminal that is too low for all of them what
 * fits; what was left out, and where it is, is said. */
int show_tables(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

/* For a mail or an issue: the answer, the claims, and a table for each point. */
int show_markdown(FILE *out, const json_t *report, struct error *err);

/* A line for each result, by RFC 4180. */
int show_csv(FILE *out, const json_t *report, struct error *err);

#endif
