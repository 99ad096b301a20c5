/* SPDX-License-Identifier: MIT */
/* The kinds of pictures. Each is drawn where the sweep has what it shows, else nothing is: that is
 * no error. 0, or -1 with the error set. */
#ifndef HARNESS_RESULTS_PLOT_PICTURES_H
#define HARNESS_RESULTS_PLOT_PICTURES_H

#include "harness/results/plot/picture.h"

/* Throughput of `like`'s workload along an axis. */
int plot_lines(const struct album *album, const struct sweep_point *like, const struct axis *axis,
    struct error *err);

/* The points that agree with `like` in all but the implementation: on real groups, and where they
 * have a figure of their own, as what is held in memory. */
int plot_bars(const struct album *album, const struct sweep_point *like, struct error *err);

/* The Universal Scalability Law of `like`'s workload: its coefficients as text on the log, or why
 * it is not fitted; and the picture, where it could be fitted to some implementation. */
int plot_scaling(const struct album *album, const struct sweep_point *like, struct error *err);

/* The latencies of each operation of `like`'s workload that was timed, at one place of the sweep:
 * where most implementations were, with the most threads that have a CPU each. */
int plot_latency(const struct album *album, const struct sweep_point *like, struct error *err);

#endif
