/* SPDX-License-Identifier: MIT */
/* The machines that the sweeps of a report are of. */
#ifndef HARNESS_REPORT_MACHINES_H
#define HARNESS_REPORT_MACHINES_H

#include "harness/report/report_sweep.h"

/* Sweeps of several families are of one machine if its name is the same: the first of each family,
 * then the second of each, and so on. Sets `machine` of each. */
void number_machines(struct report_sweep *sweeps, size_t nr);

/* The document's list, by number. A new reference. */
json_t *machines_json(const struct report_sweep *sweeps, size_t nr);

#endif
