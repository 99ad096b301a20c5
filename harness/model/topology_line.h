/* SPDX-License-Identifier: MIT */
/* One line of a listing, in any of the forms that people post. */
#ifndef HARNESS_MODEL_TOPOLOGY_LINE_H
#define HARNESS_MODEL_TOPOLOGY_LINE_H

#include <stdbool.h>

enum topology_line_kind {
	TOPOLOGY_LINE_UNKNOWN,   /* cannot be understood, or only half */
	TOPOLOGY_LINE_BAD_GROUP, /* what should be a group's number is none */
	TOPOLOGY_LINE_NOTHING,   /* known to say nothing about groups */
	TOPOLOGY_LINE_GROUP,     /* a group, its devices on the lines below */
	TOPOLOGY_LINE_DEVICE,    /* a device and its group */
	TOPOLOGY_LINE_MEMBER,    /* a device of the group named above */
	TOPOLOGY_LINE_REMOVED,   /* a device that left its group */
};

struct topology_line {
	enum topology_line_kind kind;
	unsigned int group;
	bool heading; /* names the group of the lines below */
	char device[256];
};

/* `text` has no line end. A PCI address is given its domain and lower case. */
void topology_line_read(const char *text, struct topology_line *line);

#endif
