/* SPDX-License-Identifier: MIT */
/* Functions that show a report document (report.json) as text. Each returns 0. If the document is
 * malformed, it prints nothing and returns -1 with the error set. */
#ifndef HARNESS_SHOW_SHOW_H
#define HARNESS_SHOW_SHOW_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"
#include "harness/show/terminal.h"

/* Largest number of lines of a summary. A terminal of 48 lines then also shows the line before it
 * and two lines after it. */
enum { SUMMARY_LINES_MAX = 45 };

/*
 * Prints a summary of at most SUMMARY_LINES_MAX lines: the fastest correct design under each
 * workload, the design with the least regret, designs whose class differs from the declared one,
 * failures, the claims by verdict, warnings about the machine, and how many ratios have the
 * requested precision.
 */
int show_summary(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

/* Prints a table for each point, fastest design first, and a table of the regrets. On a terminal,
 * prints as much as fits its height, what was left out, and where to find that. */
int show_tables(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

/* Prints Markdown for a mail or an issue: the fastest designs, the claims, the regrets, and a table
 * for each point. */
int show_markdown(FILE *out, const json_t *report, struct error *err);

/* Prints CSV by RFC 4180, with a line for each result. */
int show_csv(FILE *out, const json_t *report, struct error *err);

#endif
