/* SPDX-License-Identifier: MIT */
/* A page with holes, "{{name}}", and what goes into them. */
#ifndef HARNESS_RESULTS_REPORT_TEMPLATE_H
#define HARNESS_RESULTS_REPORT_TEMPLATE_H

#include <stdio.h>

#include "harness/error.h"

/* Fills the hole `name`. 0, or -1 with the error set: it knows no such hole, or cannot fill it. */
typedef int template_fill(FILE *out, const char *name, void *context, struct error *err);

/* Writes the file at `path` with its holes filled. 0, or -1 with an error that names path and line.
 */
int template_write(
    FILE *out, const char *path, template_fill *fill, void *context, struct error *err);

#endif
