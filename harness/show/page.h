/* SPDX-License-Identifier: MIT */
/* Writes a self-contained HTML page: a template from plots/report/ that includes its style,
 * scripts, chart library and data. The page needs no other file and no network. */
#ifndef HARNESS_SHOW_PAGE_H
#define HARNESS_SHOW_PAGE_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Writes a page from a template such as "report.html". {{>FILE}} is replaced by a file of the same
 * directory, which is itself a template if it is HTML; {{library}} by d3.min.js; and {{data}} by
 * `document`. `data` is the directory that contains plots/report/. Returns 0, or -1 with an error
 * that names the file.
 */
int page_write(
    FILE *out, const char *template, const json_t *document, const char *data, struct error *err);

#endif
