/* SPDX-License-Identifier: MIT */
/* Documents of sweeps, made by this program. */
#ifndef BENCH_REPORT_REPORT_MAKE_H
#define BENCH_REPORT_REPORT_MAKE_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"

/* See report_json(). Returns a new reference, or NULL with the error set. */
json_t *report_make(const char *const *dirs, size_t nr, struct error *err);

/*
 * Loads the document to show of `paths`: that of sweeps, or of one file (or a directory that holds
 * a report.json and no sweep). Returns a new reference that was checked, or NULL with the error
 * set.
 */
json_t *report_load(const char *const *paths, size_t nr, struct error *err);

#endif
