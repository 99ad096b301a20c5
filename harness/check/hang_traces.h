/* SPDX-License-Identifier: MIT */
/* Shows where the threads of a child process hang. */
#ifndef HARNESS_CHECK_HANG_TRACES_H
#define HARNESS_CHECK_HANG_TRACES_H

#include <stddef.h>
#include <sys/types.h>

enum { HANG_TRACES_MAX = 4096 };

/* Writes the call traces of all threads of a child process to `text`, indented. Threads with the
 * same trace are shown together. If ptrace() is not permitted, writes that instead. Stops the
 * process while it is inspected. */
void hang_traces(pid_t pid, char *text, size_t size);

#endif
