/* SPDX-License-Identifier: MIT */
/* Call traces: the return addresses on a thread's stack, printed like a stack trace in the
 * kernel. */
#ifndef HARNESS_CHECK_CALLTRACE_H
#define HARNESS_CHECK_CALLTRACE_H

#include <stdint.h>
#include <stdio.h>

#include "harness/source_location.h"

enum { CALLTRACE_MAX = 12 };

/* Return addresses, the innermost first. They are valid in this process and in processes forked
 * from it. */
struct calltrace {
	uint8_t n;
	const void *at[CALLTRACE_MAX];
};

/*
 * Records the calls on the current stack, up to the frame at `end`. If there are more than
 * CALLTRACE_MAX, keeps the innermost. `end` is a frame's address or the end of the stack. If it is
 * NULL, the trace is empty; it is also empty on architectures whose frame layout is not known here.
 * All code on the stack must be compiled with frame pointers. Fast enough to be called for each
 * lock acquisition.
 */
void calltrace_take(struct calltrace *trace, const void *end);

/* Stores the source line of the call that returns to `pc`. site->file is not changed if it has no
 * debug information. The file's name stays valid. */
void calltrace_locate(const void *pc, struct source_location *site);

/*
 * Prints a line for each function, inlined ones included: its name and its current source line.
 * Starts with the function that contains `from`, and skips the functions that this one has called.
 * Without debug information, prints symbol names, or addresses if there is no symbol.
 */
void calltrace_print(FILE *out, const struct calltrace *trace, const struct source_location *from,
    unsigned int indent);

#endif
