/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_SHOW_CSV_H
#define HARNESS_SHOW_CSV_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"

/*
 * Prints a line for each result of a report document, by RFC 4180. Returns 0, or -1 with the error
 * set and nothing printed if the document is malformed.
 */
int show_csv(FILE *out, const json_t *report, struct error *err);

#endif
