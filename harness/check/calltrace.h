/* SPDX-License-Identifier: MIT */
/* Call traces: the return addresses on a thread's stack, printed like a kernel stack trace. */
#ifndef HARNESS_CHECK_CALLTRACE_H
#define HARNESS_CHECK_CALLTRACE_H

#include <stdint.h>
#include <stdio.h>

#include "harness/source_location.h"

enum { CALLTRACE_MAX = 12 };

/* Return addresses, innermost first. Valid in this process and in processes forked from it. */
struct calltrace {
	uint8_t n;
	const void *at[CALLTRACE_MAX];
};

/*
 * Records the calls on the current stack, up to the frame at `end`, which is a frame's address or
 * the end of the stack. Keeps the innermost CALLTRACE_MAX calls. The trace is empty if `end` is
 * NULL, or if the architecture is neither x86-64 nor arm64. All code on the stack must be compiled
 * with frame pointers. Fast enough to be called for every lock acquisition.
 */
void calltrace_take(struct calltrace *trace, const void *end);

/* Stores the source line of the call that returns to `pc`. Without debug information, site->file is
 * not changed. The memory of site->file is never freed. */
void calltrace_locate(const void *pc, struct source_location *site);

/*
 * Prints the name and current source line of each function, including inlined ones. Skips the
 * innermost functions, up to the first one in the file of `from`. Without debug information, prints
 * symbol names, or addresses if there is no symbol.
 */
void calltrace_print(FILE *out, const struct calltrace *trace, const struct source_location *from,
    unsigned int indent);

#endif
