/* SPDX-License-Identifier: MIT */
#ifndef BENCH_REPORT_PAGE_H
#define BENCH_REPORT_PAGE_H

#include <jansson.h>

#include "harness/error.h"

/* Writes a page (harness/show/page.h) from a template that came with the program. The file is
 * written completely or not at all. Takes ownership of the reference to the document. Returns 0, or
 * -1 with the error set. */
int page_save(const char *path, const char *template, json_t *document, struct error *err);

#endif
