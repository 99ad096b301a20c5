/* SPDX-License-Identifier: MIT */
/* What can be printed where text goes: a terminal, a file or a pipe. */
#ifndef HARNESS_SHOW_TERMINAL_H
#define HARNESS_SHOW_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

struct terminal {
	unsigned int columns; /* 0: lines may be of any length */
	unsigned int rows;    /* 0: not a terminal, any number of lines */
	bool colour;
	bool utf8; /* otherwise only ASCII may be printed */
};

/* Finds these of `out`. Honours COLUMNS, LINES, NO_COLOR and TERM on a terminal, and the locale's
 * character set. */
struct terminal terminal_of(FILE *out);

#endif
