/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_SHOW_SUMMARY_H
#define HARNESS_SHOW_SUMMARY_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"
#include "harness/show/terminal.h"

/* So that a line before and two behind it still fit in 40. */
enum { SUMMARY_LINES_MAX = 37 };

/*
 * Prints the answer of a report document in at most SUMMARY_LINES_MAX lines: the fastest right
 * design under each workload, designs that are not what they declare, failures, the claims by
 * verdict, what spoils results on the machine, and how many ratios are as precise as asked for.
 * Returns 0, or -1 with the error set and nothing printed if the document is malformed.
 */
int show_summary(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

#endif
