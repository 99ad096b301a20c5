/* SPDX-License-Identifier: MIT */
/* Draws the pictures of a report document with gnuplot. */
#ifndef HARNESS_SHOW_PLOT_PLOT_H
#define HARNESS_SHOW_PLOT_PLOT_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Draws the charts of a checked document into the directory `dir` as SVG and PNG: throughput along
 * each axis of the sweep, the Universal Scalability Law, bars at one point, latencies by
 * percentile, and the claims that have a curve. Implementations that failed their checks are listed
 * below the picture instead of being drawn. Prints the path of each picture to `log`, and the
 * coefficients of the law, indented. Returns 0, or -1 with the error set.
 */
int plot_report(
    const json_t *report, const char *dir, const char *scripts, FILE *log, struct error *err);

/*
 * Draws the claim C2, an entry of claims.json, if it has a curve: the cost of a walk against the
 * size of a group, and the sizes of real groups. Writes c2-walk.svg and c2-walk.png to `dir`.
 * `machine` is the name of the machine on which the claim was measured. `log` may be NULL. Returns
 * 0, or -1 with the error set.
 */
int plot_claim(const char *dir, const char *scripts, const json_t *claim, const char *machine,
    FILE *log, struct error *err);

#endif
