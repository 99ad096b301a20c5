/* SPDX-License-Identifier: MIT */
/* Makes the document of a report, which is its report.json, from sweeps. */
#ifndef BENCH_REPORT_REPORT_MAKE_H
#define BENCH_REPORT_REPORT_MAKE_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"

/* Makes the document of the sweeps, see report_json(). Returns a new reference, or NULL with the
 * error set. */
json_t *report_make(const char *const *dirs, size_t nr, struct error *err);

/* Returns the document for `paths`: one that is made of the sweeps, or the existing one, if `paths`
 * is a single report.json, or a directory that has a report.json and no sweep. It is a new
 * reference that has passed document_check(). Returns NULL with the error set on failure. */
json_t *report_load(const char *const *paths, size_t nr, struct error *err);

#endif
