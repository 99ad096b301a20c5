/* SPDX-License-Identifier: MIT */
/* Pictures of a sweep, by gnuplot. */
#ifndef HARNESS_RESULTS_PLOT_H
#define HARNESS_RESULTS_PLOT_H

#include <stdio.h>

#include "harness/results/sweep.h"

/*
 * Draws into DIR/plots, as SVG and PNG: for each workload its throughput against threads and
 * against devices of a group, where the sweep has more than one of them, and a bar for each
 * implementation on real groups. What failed its checks is named below the picture and not drawn.
 * `machine` is the line that says where it was measured. Prints the path of each picture on `log`.
 * 0, or -1 with the error set.
 */
int plot_sweep(const char *dir, const char *scripts, const struct sweep *sweep, const char *machine,
    FILE *log, struct error *err);

#endif
