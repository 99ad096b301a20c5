/* SPDX-License-Identifier: MIT */
/* Pictures of a report document, by gnuplot. */
#ifndef HARNESS_SHOW_PLOT_PLOT_H
#define HARNESS_SHOW_PLOT_PLOT_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Draws the charts of a checked document into the directory `dir`, as SVG and PNG: throughput along
 * what was swept, the Universal Scalability Law, bars at one point, latencies by percentile, and
 * the claims that have a curve. What failed its checks is named below the picture and not drawn.
 * Prints the path of each picture on `log`, and, indented, the law's coefficients. Returns 0, or -1
 * with the error set.
 */
int plot_report(
    const json_t *report, const char *dir, const char *scripts, FILE *log, struct error *err);

/*
 * Draws the claim C2, an entry of claims.json, if it has a curve: what a walk costs against the
 * size of a group, and the sizes of real ones, as c2-walk in `dir`. `machine` is where it was
 * measured. `log` may be NULL. Returns 0, or -1 with the error set.
 */
int plot_claim(const char *dir, const char *scripts, const json_t *claim, const char *machine,
    FILE *log, struct error *err);

#endif
