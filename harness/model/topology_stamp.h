/* SPDX-License-Identifier: MIT */
/* What dmesg, the journal and syslog print before a message: level, time, thread, host, program. */
#ifndef HARNESS_MODEL_TOPOLOGY_STAMP_H
#define HARNESS_MODEL_TOPOLOGY_STAMP_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

struct topology_stamp {
	const char *message; /* what follows */
	bool found;          /* at least one part of a stamp */
	bool other_program;  /* the message is not the kernel's */
};

/* Sets the clock and the time of the line if the stamp has one that can be compared. */
void topology_stamp_read(
    const char *text, struct topology_stamp *stamp, struct topology_line *line);

#endif
