/* SPDX-License-Identifier: MIT */
/* Makes the document of a report from sweeps. */
#ifndef BENCH_REPORT_REPORT_MAKE_H
#define BENCH_REPORT_REPORT_MAKE_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"

/* Makes the document of the sweeps, see report_json(). Returns a new reference, or NULL with the
 * error set. */
json_t *report_make(const char *const *dirs, size_t nr, struct error *err);

/* Loads the document that `paths` name. They are either sweeps, or one document: a file, or a
 * directory that holds a report.json and no sweep. Returns a new reference to a document that
 * has passed document_check(), or NULL with the error set. */
json_t *report_load(const char *const *paths, size_t nr, struct error *err);

#endif
