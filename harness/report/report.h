/* SPDX-License-Identifier: MIT */
/* The report document, report.json: everything that tables, pictures and pages show.
 * results/FORMATS.md describes it. */
#ifndef HARNESS_REPORT_REPORT_H
#define HARNESS_REPORT_REPORT_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"

enum {
	REPORT_FORMAT = 1,
	REPORT_DIGITS = 10, /* precision of numbers in a written document */
};

/* Metadata of the program that makes a document. */
struct report_maker {
	const json_t *implementations; /* what `ownbench list --json` prints */
	const char *version;
	const char *commit;
	const char *time; /* such as "2026-11-29T13:30:00Z" */
};

/*
 * Computes the document for the sweeps in `dirs`. A merged sweep counts as one sweep for each
 * machine. Returns a new reference, or NULL with an error that names the file.
 */
json_t *report_json(
    const char *const *dirs, size_t nr, const struct report_maker *maker, struct error *err);

/* Reads a document. Returns a new reference, or NULL with an error that names the file if it is not
 * a document or has another format. */
json_t *report_read(const char *path, struct error *err);

#endif
