/* SPDX-License-Identifier: MIT */
/* Finds the names of the functions in a call chain, in this process or another one. */
#ifndef HARNESS_CHECK_CALL_NAMES_H
#define HARNESS_CHECK_CALL_NAMES_H

#include <elfutils/libdwfl.h>
#include <stdio.h>
#include <sys/types.h>

#include "harness/source_location.h"

enum { CALL_NAMES_MAX = 48 };

/* A function in the call chain. */
struct named_call {
	const char *function; /* NULL: unknown; site.file may be NULL, too */
	const void *address;
	struct source_location site;
};

struct call_names {
	Dwfl *dwfl; /* owns the strings; NULL: functions cannot be named */
	unsigned int n;
	struct named_call calls[CALL_NAMES_MAX]; /* innermost call first */
};

/* If the process cannot be inspected, sets names->dwfl to NULL. Close with call_names_close(). */
void call_names_open(struct call_names *names, pid_t pid);
void call_names_close(struct call_names *names);

/* Adds the function that will continue at the return address `address`, and all functions that it
 * is inlined into. Without debug information, adds the symbol's name, or no name. */
void call_names_add(struct call_names *names, const void *address);

/* Prints the function's name and the source line that it executes. */
void call_names_print(FILE *out, const struct named_call *call, unsigned int indent);

#endif
