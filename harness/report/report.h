/* SPDX-License-Identifier: MIT */
/* The document report.json: everything that any table, picture or page shows. results/README.md
 * describes it. */
#ifndef HARNESS_REPORT_REPORT_H
#define HARNESS_REPORT_REPORT_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"

enum {
	REPORT_FORMAT = 1,
	REPORT_DIGITS = 10, /* of a number, when it is written */
};

/* What made the document. */
struct report_maker {
	const json_t *implementations; /* what `ownbench list --json` prints */
	const char *version;
	const char *commit;
	const char *time; /* 2026-11-29T13:30:00Z */
};

/*
 * Computes the document of the sweeps in `dirs`; a merged one has a sweep of each machine. Returns
 * a new reference, or NULL with an error that names the file.
 */
json_t *report_json(
    const char *const *dirs, size_t nr, const struct report_maker *maker, struct error *err);

/* Reads a document. Returns a new reference, or NULL with an error that names the file: it is no
 * document, or one of another format. */
json_t *report_read(const char *path, struct error *err);

#endif
