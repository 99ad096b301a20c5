/* SPDX-License-Identifier: MIT */
/* Names the functions at the addresses of a call chain, in this process or another one. */
#ifndef HARNESS_CHECK_CALL_NAMES_H
#define HARNESS_CHECK_CALL_NAMES_H

#include <elfutils/libdwfl.h>
#include <stdio.h>
#include <sys/types.h>

#include "harness/source_location.h"

enum { CALL_NAMES_MAX = 48 };

/* One function of the call chain. */
struct named_call {
	const char *function; /* NULL: unknown; the file may be NULL, too */
	const void *address;
	struct source_location site;
};

struct call_names {
	Dwfl *dwfl; /* owns the strings; NULL: no call can be named */
	unsigned int n;
	struct named_call calls[CALL_NAMES_MAX]; /* the innermost call first */
};

/* If the process cannot be inspected, names->dwfl is NULL. Close with call_names_close(). */
void call_names_open(struct call_names *names, pid_t pid);
void call_names_close(struct call_names *names);

/* Adds the function that contains the call that returns to `address`, and the functions that it is
 * inlined into. Without debug information, adds the symbol's name, or no name. */
void call_names_add(struct call_names *names, const void *address);

/* Prints a line with the name of the function, and its current source line. */
void call_names_print(FILE *out, const struct named_call *call, unsigned int indent);

#endif
