/* SPDX-License-Identifier: MIT */
/* What was read from one line of a listing. */
#ifndef HARNESS_MODEL_TOPOLOGY_LINE_H
#define HARNESS_MODEL_TOPOLOGY_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum topology_line_kind {
	TOPOLOGY_LINE_UNKNOWN,   /* not understood, or only in part */
	TOPOLOGY_LINE_BAD_GROUP, /* a group with an invalid number */
	TOPOLOGY_LINE_LEFT_OUT,  /* says that a part of the listing was left out */
	TOPOLOGY_LINE_NOTHING,   /* blank, or belongs to a listing but names no device */
	TOPOLOGY_LINE_OTHER,     /* does not belong to a listing: skipped and counted */
	TOPOLOGY_LINE_GROUP,     /* a group; its devices are on the lines below */
	TOPOLOGY_LINE_TRAIT,     /* the group of the device above, from lspci -vv */
	TOPOLOGY_LINE_DEVICE,    /* a device and its group */
	TOPOLOGY_LINE_MEMBER,    /* a device of the group named above */
	TOPOLOGY_LINE_REMOVED,   /* a device that leaves its group */
};

/* Which of the following lines list devices of the group that a line names. */
enum topology_scope {
	TOPOLOGY_SCOPE_NONE,
	TOPOLOGY_SCOPE_INDENTED, /* indented lines of lspci */
	TOPOLOGY_SCOPE_LSPCI,    /* lines of lspci, and device names */
	TOPOLOGY_SCOPE_LS,       /* device names and links, as printed by ls */
};

enum topology_clock {
	TOPOLOGY_CLOCK_NONE,
	TOPOLOGY_CLOCK_BOOT, /* seconds since boot */
	TOPOLOGY_CLOCK_DATE,
	TOPOLOGY_CLOCK_DATE_WITHOUT_YEAR,
	TOPOLOGY_NR_CLOCKS,
};

struct topology_line {
	enum topology_line_kind kind;
	unsigned int group;
	enum topology_scope scope;
	size_t indent;   /* number of blanks before the text, not counting quote marks */
	char mark;       /* '+' or '-' before the text, from a diff or list; 0: none */
	bool ends_scope; /* OTHER: other output may begin here; devices below join no group above */
	bool described;  /* MEMBER: a description follows the device */
	bool begins_boot; /* first message of the kernel, or the journal's line between boots */
	enum topology_clock clock;
	double time;      /* in seconds of `clock`; comparable within a listing only */
	const char *more; /* names of further devices in the same group; NULL: none */
	char device[256];
};

#endif
