/* SPDX-License-Identifier: MIT */
/* A page that draws itself: a template of plots/report/ with its style, its scripts, the chart
 * library and the data in it. It needs no other file and no network. */
#ifndef HARNESS_SHOW_PAGE_H
#define HARNESS_SHOW_PAGE_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Writes the template, as "report.html", with its holes filled: {{>FILE}} by a file beside it (a
 * template if it is HTML),
 * {{library}} by d3.min.js, {{data}} by `document`. `data` is the directory that plots/report/ is
 * in. Returns 0, or -1 with an error that names the file.
 */
int page_write(
    FILE *out, const char *template, const json_t *document, const char *data, struct error *err);

#endif
