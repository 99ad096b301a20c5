/* SPDX-License-Identifier: MIT */
/* Strips what mails, web pages and editors put around the lines of a listing. */
#ifndef HARNESS_MODEL_TOPOLOGY_WRAP_H
#define HARNESS_MODEL_TOPOLOGY_WRAP_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/*
 * Modifies `text`, and returns the part of it that is inside all wrappers. Sets line->indent and
 * line->mark. Sets *wrapped if there was a tag or a code fence. A mark of a quote or of a diff does
 * not set it.
 */
char *topology_unwrap(char *text, struct topology_line *line, bool *wrapped);

#endif
