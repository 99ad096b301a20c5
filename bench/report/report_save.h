/* SPDX-License-Identifier: MIT */
/* The report of sweeps, in the format and the place that were asked for. */
#ifndef BENCH_REPORT_REPORT_SAVE_H
#define BENCH_REPORT_REPORT_SAVE_H

#include <stddef.h>

#include "harness/error.h"

enum report_format { REPORT_HTML, REPORT_MARKDOWN, REPORT_CSV, REPORT_SUMMARY, REPORT_JSON };

struct report_request {
	enum report_format format;
	const char *output;     /* file, or "-"; NULL: named by the format, in the first path */
	const char *data;       /* directory of the program's data */
	const char *source_url; /* NULL: sources are not linked */
};

/* Prints the file's name. Returns an exit status; the error is set unless it is EXIT_OK. */
int report_save(
    const struct report_request *request, const char *const *paths, size_t nr, struct error *err);

#endif
