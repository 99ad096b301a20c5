/* SPDX-License-Identifier: MIT */
/* Pictures of a sweep, by gnuplot. */
#ifndef HARNESS_RESULTS_PLOT_PLOT_H
#define HARNESS_RESULTS_PLOT_PLOT_H

#include <jansson.h>
#include <stdio.h>

#include "harness/results/histograms.h"
#include "harness/results/sweep.h"

/*
 * Draws into DIR/plots, as SVG and PNG: for each workload its throughput against threads, devices
 * of a group and groups, where the sweep has more than one of them; the Universal Scalability Law
 * over threads; the latencies that runs.jsonl holds, by percentile; and a bar for each
 * implementation on real groups, of first touches, and of memory that is held. What failed its
 * checks is named below the picture and not drawn. `histograms` are the sweep's. `environment` says
 * where it was measured; NULL: unknown. For `catalogue` see conditions.h. Prints the path of each
 * picture on `log`, and indented the law's coefficients. 0, or -1 with the error set.
 */
int plot_sweep(const char *dir, const char *scripts, const struct sweep *sweep,
    const struct histograms *histograms, const json_t *environment, const json_t *catalogue,
    FILE *log, struct error *err);

/*
 * The claim C2, an entry of claims.json, where it has a curve: what a walk costs against the size
 * of a group, and the sizes of real ones. Draws c2-walk into DIR, as SVG and PNG. `environment` and
 * `log` as above; both may be NULL. 0, or -1 with the error set.
 */
int plot_claim(const char *dir, const char *scripts, const json_t *claim, const json_t *environment,
    FILE *log, struct error *err);

#endif
