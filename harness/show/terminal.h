/* SPDX-License-Identifier: MIT */
/* The capabilities of an output: a terminal, a file or a pipe. */
#ifndef HARNESS_SHOW_TERMINAL_H
#define HARNESS_SHOW_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

struct terminal {
	unsigned int columns; /* 0: no limit on the length of a line */
	unsigned int rows;    /* 0: no limit on the number of lines, as in a file */
	bool colour;
	bool utf8; /* if false, only ASCII may be printed */
};

/* Returns the capabilities of `out`. For a terminal, honours COLUMNS, LINES, NO_COLOR and TERM. For
 * all outputs, honours the locale's character set. */
struct terminal terminal_of(FILE *out);

#endif
