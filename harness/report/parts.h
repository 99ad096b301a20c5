/* SPDX-License-Identifier: MIT */
/* The parts of the report document, as results/FORMATS.md describes them. Functions that return
 * JSON return new references. */
#ifndef HARNESS_REPORT_PARTS_H
#define HARNESS_REPORT_PARTS_H

#include <jansson.h>

#include "harness/error.h"
#include "harness/report/report_sweep.h"

/* -- parts of the report -- */

/* Returns the families, with the implementations that the sweeps ran. */
json_t *families_json(const struct report_sweep *sweeps, size_t nr);

/* Numbers the machines: sets `machine` of each sweep. Two sweeps of one family are always from
 * different machines. Among the sweeps with the same machine name, the n-th sweep of each family
 * belongs to the n-th machine. */
void number_machines(struct report_sweep *sweeps, size_t nr);
json_t *machines_json(const struct report_sweep *sweeps, size_t nr);

/* -- parts of a sweep -- */

/* Both functions return null if `claims` is NULL. A claim's malformed curve becomes null. */
json_t *claims_json(const json_t *claims);
json_t *claim_counts_json(const json_t *claims);

/* Sets the members "precision", "drift", "steal_percent", "set_aside_percent" and "warnings" of
 * `json`. */
void add_conduct(json_t *json, const struct report_sweep *sweep);

/* Returns the percentage of time slices that were discarded in these runs, as a measure; null if
 * the runs have no slices. */
json_t *excluded_json(const struct sweep_run *runs, size_t nr);

json_t *headline_json(const struct report_sweep *sweep);
json_t *scaling_json(const struct report_sweep *sweep);
json_t *storms_json(const struct report_sweep *sweep);

/* Returns the sweep's charts, a new reference, or NULL with the error set if a latency histogram is
 * malformed. */
json_t *charts_json(const struct report_sweep *sweep, struct error *err);
/* Adds the latency charts of one workload. Returns 0, or -1 with the error set. */
int add_latency_charts(
    json_t *charts, const struct report_sweep *sweep, const char *workload, struct error *err);

/* -- parts of a point -- */

json_t *point_json(const struct report_sweep *sweep, const struct point *point);

json_t *fastest_json(const struct report_sweep *sweep, const struct point *point);

#endif
