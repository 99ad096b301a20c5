/* SPDX-License-Identifier: MIT */
/* Strips what mails, web pages and editors put around each line of a listing. */
#ifndef HARNESS_MODEL_TOPOLOGY_WRAP_H
#define HARNESS_MODEL_TOPOLOGY_WRAP_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/*
 * Returns the text inside all wrappers. It points into `text`, which is modified. Sets line->indent
 * and line->mark. Sets *wrapped if there was a tag or a code fence, but not for the mark of a quote
 * or a diff.
 */
char *topology_unwrap(char *text, struct topology_line *line, bool *wrapped);

#endif
