/* SPDX-License-Identifier: MIT */
/* One line of a listing, in any of the formats that people post. */
#ifndef HARNESS_MODEL_TOPOLOGY_LINE_H
#define HARNESS_MODEL_TOPOLOGY_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum topology_line_kind {
	TOPOLOGY_LINE_UNKNOWN,   /* cannot be parsed, or only in part */
	TOPOLOGY_LINE_BAD_GROUP, /* the group's number is not a number */
	TOPOLOGY_LINE_LEFT_OUT,  /* states that a part of the listing was left out */
	TOPOLOGY_LINE_NOTHING,   /* blank, or a line of a listing that names no device */
	TOPOLOGY_LINE_OTHER,     /* clearly not a line of a listing: skipped and counted */
	TOPOLOGY_LINE_GROUP,     /* a group, whose devices are on the lines below */
	TOPOLOGY_LINE_TRAIT,     /* the group of the device above, as printed by lspci -vv */
	TOPOLOGY_LINE_DEVICE,    /* a device and its group */
	TOPOLOGY_LINE_MEMBER,    /* a device of the group named above */
	TOPOLOGY_LINE_REMOVED,   /* a device that left its group */
};

/* Which devices on the lines below belong to the group that a line names. */
enum topology_scope {
	TOPOLOGY_SCOPE_NONE,
	TOPOLOGY_SCOPE_INDENTED, /* indented lines of lspci */
	TOPOLOGY_SCOPE_LSPCI,    /* all lines of lspci, and bare names */
	TOPOLOGY_SCOPE_LS,       /* bare names and links, as ls prints them */
};

enum topology_clock {
	TOPOLOGY_CLOCK_NONE,
	TOPOLOGY_CLOCK_BOOT, /* seconds since the boot */
	TOPOLOGY_CLOCK_DATE,
	TOPOLOGY_CLOCK_DATE_WITHOUT_YEAR,
	TOPOLOGY_NR_CLOCKS,
};

struct topology_line {
	enum topology_line_kind kind;
	unsigned int group;
	enum topology_scope scope;
	size_t indent;    /* blanks before the text, without quote marks and the like */
	char mark;        /* '+' or '-' of a diff or a list before the line; 0: none */
	bool ends_scope;  /* OTHER: may start other output; devices below it join no group above */
	bool described;   /* MEMBER: a free-text description follows the device */
	bool begins_boot; /* the kernel's first message, or the journal's boot separator */
	enum topology_clock clock;
	double time;      /* seconds of `clock`; only comparable within a listing */
	const char *more; /* more names of devices of the same group; NULL: none */
	char device[256];
};

#endif
