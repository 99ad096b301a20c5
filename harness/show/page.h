/* SPDX-License-Identifier: MIT */
/* A page that draws itself: a template of plots/report/ with its style, its scripts, the chart library
 * and the data in it. It needs no other file and no network. */
#ifndef HARNESS_SHOW_PAGE_H
#define HARNESS_SHOW_PAGE_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/* Where the parts of a page are. */
struct page_files {
	const char *data;    /* plots/report/ is below it */
	const char *library; /* d3.min.js, unless plots/report/ has one */
};

/*
 * Writes the template, "report.html", with its holes filled: {{>FILE}} by a file beside it, {{library}}
 * by the library, {{data}} by the document. Returns 0, or -1 with an error that names the file.
 */
int page_write(FILE *out, const struct page_files *files, const char *template,
    const json_t *document, struct error *err);

#endif
