/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_SHOW_PAGE_H
#define HARNESS_SHOW_PAGE_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Prints a report document as one page that needs nothing else. `data` is the directory where impl/
 * and plots/report/ are. `source_url` is put before "impl/..." to link sources; NULL: no links.
 * Returns 0, or -1 with the error set.
 */
int show_page(
    FILE *out, const json_t *report, const char *data, const char *source_url, struct error *err);

#endif
