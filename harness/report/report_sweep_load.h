/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_REPORT_REPORT_SWEEP_LOAD_H
#define HARNESS_REPORT_REPORT_SWEEP_LOAD_H

#include "harness/error.h"
#include "harness/report/report_sweep.h"

/* Loads `dir`. Files other than the measurements may be missing, but they must not be malformed.
 * Returns 0, or -1 with an error that names the file. In both cases the caller frees the sweep. */
int report_sweep_load(struct report_sweep *sweep, const char *dir, const char *label,
    const json_t *implementations, struct error *err);
void report_sweep_free(struct report_sweep *sweep);

/* Groups the runs into points again, after their records have changed. */
void report_sweep_find_points(struct report_sweep *sweep);

#endif
