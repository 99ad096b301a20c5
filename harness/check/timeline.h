/* SPDX-License-Identifier: MIT */
/* The window of a refuted history, drawn: a row for each thread, a bar for each operation. */
#ifndef HARNESS_CHECK_TIMELINE_H
#define HARNESS_CHECK_TIMELINE_H

#include "harness/check/linearize.h"

/* Writes an SVG. 0, or -1: `out` has an error. */
int timeline_draw(FILE *out, const struct history *history, const struct history_verdict *verdict);

#endif
