/* SPDX-License-Identifier: MIT */
/* What mails, web pages and editors put around each line of a listing. */
#ifndef HARNESS_MODEL_TOPOLOGY_WRAP_H
#define HARNESS_MODEL_TOPOLOGY_WRAP_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/*
 * Returns the text inside of all wrappers, within `text`, which is changed. Sets the indent and the
 * mark, and *wrapped if there was a tag or a fence, not only a quote's or a diff's mark.
 */
char *topology_unwrap(char *text, struct topology_line *line, bool *wrapped);

#endif
