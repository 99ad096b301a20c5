/* SPDX-License-Identifier: MIT */
/* Writes a report of sweeps in the requested format, to a file or to standard output. */
#ifndef BENCH_REPORT_REPORT_SAVE_H
#define BENCH_REPORT_REPORT_SAVE_H

#include <stddef.h>

#include "harness/error.h"

enum report_format { REPORT_HTML, REPORT_MARKDOWN, REPORT_CSV, REPORT_SUMMARY, REPORT_JSON };

struct report_request {
	enum report_format format;
	const char *output;     /* path, or "-" for standard output; NULL: a file in the first of
	                           `paths`, named by the format */
	const char *data;       /* directory of the program's data */
	const char *source_url; /* NULL: do not link the sources */
};

/* Writes the report and prints the file's name. Returns an exit status; the error is set unless
 * that is EXIT_OK. */
int report_save(
    const struct report_request *request, const char *const *paths, size_t nr, struct error *err);

#endif
