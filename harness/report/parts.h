/* SPDX-License-Identifier: MIT */
/* The parts of the document, as results/README.md describes them. All return new references. */
#ifndef HARNESS_REPORT_PARTS_H
#define HARNESS_REPORT_PARTS_H

#include <jansson.h>

#include "harness/error.h"
#include "harness/report/report_sweep.h"

/* -- of the report -- */

/* Families with the implementations that the sweeps ran. */
json_t *families_json(const struct report_sweep *sweeps, size_t nr);

/* Sweeps of several families are of one machine if its name is the same: the first of each family,
 * then the second of each, and so on. Sets `machine` of each. */
void number_machines(struct report_sweep *sweeps, size_t nr);
json_t *machines_json(const struct report_sweep *sweeps, size_t nr);

/* -- of a sweep -- */

/* Null for NULL. A claim's curve is null if it cannot be drawn. */
json_t *claims_json(const json_t *claims);
json_t *claim_counts_json(const json_t *claims);

/* Sets "precision", "drift", "steal_percent", "set_aside_percent" and "warnings". */
void add_conduct(json_t *json, const struct report_sweep *sweep);

/* What was set aside of the slices of these runs, in percent as a measure; null: none was cut. */
json_t *set_aside_json(const struct sweep_run *runs, size_t nr);

json_t *headline_json(const struct report_sweep *sweep);
json_t *scaling_json(const struct report_sweep *sweep);
json_t *storms_json(const struct report_sweep *sweep);

/* NULL with the error set: the records of latencies are malformed. */
json_t *charts_json(const struct report_sweep *sweep, struct error *err);
int add_latency_charts(
    json_t *charts, const struct report_sweep *sweep, const char *workload, struct error *err);

/* -- of a point -- */

json_t *point_json(const struct report_sweep *sweep, const struct point *point);

json_t *fastest_json(const struct report_sweep *sweep, const struct point *point);

#endif
