/* SPDX-License-Identifier: MIT */
/* Pages of the program: harness/show/page.h with the files that came with it. */
#ifndef BENCH_PAGE_H
#define BENCH_PAGE_H

#include "harness/show/page.h"

/* The chart library that pages are drawn with: of the machine, or installed with the program. */
#define PAGE_LIBRARY D3_LIBRARY

/* Writes a page whole or not at all. 0, or -1 with the error set. Takes the reference. */
int page_save(const char *path, const char *template, json_t *document, struct error *err);

#endif
