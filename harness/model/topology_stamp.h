/* SPDX-License-Identifier: MIT */
/* The prefix that dmesg, the journal and syslog print: level, time, thread, host and program. */
#ifndef HARNESS_MODEL_TOPOLOGY_STAMP_H
#define HARNESS_MODEL_TOPOLOGY_STAMP_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

struct topology_stamp {
	const char *message; /* text after the prefix */
	bool found;          /* there is a prefix, or a part of one */
	bool other_program;  /* a program other than the kernel logged the message */
};

/*
 * Splits a line into prefix and message. Sets the line's clock and time if the prefix has a time.
 */
void topology_stamp_read(
    const char *text, struct topology_stamp *stamp, struct topology_line *line);

#endif
