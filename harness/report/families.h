/* SPDX-License-Identifier: MIT */
/* The families of a report, with the implementations and workloads that its sweeps ran. */
#ifndef HARNESS_REPORT_FAMILIES_H
#define HARNESS_REPORT_FAMILIES_H

#include "harness/report/report_sweep.h"

/* The document's list. A new reference. */
json_t *families_json(const struct report_sweep *sweeps, size_t nr, const json_t *catalogue);

#endif
