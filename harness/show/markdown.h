/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_SHOW_MARKDOWN_H
#define HARNESS_SHOW_MARKDOWN_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Prints a report document for a mail or an issue: the answer, the claims, and a table for each
 * point. Returns 0, or -1 with the error set and nothing printed if the document is malformed.
 */
int show_markdown(FILE *out, const json_t *report, struct error *err);

#endif
