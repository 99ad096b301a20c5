/* SPDX-License-Identifier: MIT */
/* A sweep as an object of the document. */
#ifndef HARNESS_REPORT_SWEEP_REPORT_H
#define HARNESS_REPORT_SWEEP_REPORT_H

#include "harness/error.h"
#include "harness/report/report_sweep.h"

/* A new reference, or NULL with the error set. */
json_t *sweep_json(const struct report_sweep *sweep, struct error *err);

#endif
