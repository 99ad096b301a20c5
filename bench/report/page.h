/* SPDX-License-Identifier: MIT */
#ifndef BENCH_REPORT_PAGE_H
#define BENCH_REPORT_PAGE_H

#include <jansson.h>

#include "harness/error.h"

/*
 * Writes a page whole or not at all: harness/show/page.h, with the templates that came with the
 * program. Takes the reference to the document. Returns 0, or -1 with the error set.
 */
int page_save(const char *path, const char *template, json_t *document, struct error *err);

#endif
