/* SPDX-License-Identifier: MIT */
/* The capabilities of an output, which is a terminal, a file or a pipe. */
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

/* Returns the capabilities of `out`. The locale's character set determines `utf8`. For a terminal,
 * COLUMNS, LINES, NO_COLOR and TERM are honoured. */
struct terminal terminal_of(FILE *out);

#endif
