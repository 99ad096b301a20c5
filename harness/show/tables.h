/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_SHOW_TABLES_H
#define HARNESS_SHOW_TABLES_H

#include <jansson.h>
#include <stdio.h>

#include "harness/error.h"
#include "harness/show/terminal.h"

/*
 * Prints a table for each point of a report document (report.json), fastest design first. On a
 * terminal that is too low for all of them, prints what fits, and says what was left out and where
 * it is. Returns 0, or -1 with the error set and nothing printed if the document is malformed.
 */
int show_tables(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

#endif
