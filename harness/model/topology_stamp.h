/* SPDX-License-Identifier: MIT */
/* The prefix of a log message in dmesg, the journal and syslog: level, time, thread, host and
 * program. */
#ifndef HARNESS_MODEL_TOPOLOGY_STAMP_H
#define HARNESS_MODEL_TOPOLOGY_STAMP_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

struct topology_stamp {
	const char *message; /* the text after the prefix */
	bool found;          /* the line has at least one part of a prefix */
	bool other_program;  /* the message was not logged by the kernel */
};

/* Splits a line into prefix and message. Sets the clock and the time of the line if the prefix has
 * a time. */
void topology_stamp_read(
    const char *text, struct topology_stamp *stamp, struct topology_line *line);

#endif
