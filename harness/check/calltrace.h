/* SPDX-License-Identifier: MIT */
/* Call traces: which calls have led a thread to where it is, as the kernel prints a stack. */
#ifndef HARNESS_CHECK_CALLTRACE_H
#define HARNESS_CHECK_CALLTRACE_H

#include <stdint.h>
#include <stdio.h>

#include "harness/site.h"

enum { CALLTRACE_MAX = 12 };

/* Where each call returns to, the innermost first. It is of this process and those forked from it.
 */
struct calltrace {
	uint8_t n;
	const void *at[CALLTRACE_MAX];
};

/*
 * The calls on the running stack, out to the frame at `end`; of more than fit, the inner ones.
 * `end`: a frame's address or the stack's end, above all that is looked at. NULL: the trace is
 * empty, as it is on machines where we do not know the frame. All code on the way has to keep frame
 * pointers. Fast enough for each lock that is taken.
 */
void calltrace_take(struct calltrace *trace, const void *end);

/*
 * Prints a line for each function, inlined ones too: its name and the source line that it is at.
 * Begins with the function that `from` is in, and not with what that has called. Without debug
 * information it has the names that the linker knows, and else addresses.
 */
void calltrace_print(
    FILE *out, const struct calltrace *trace, const struct site *from, unsigned int indent);

#endif
