/* SPDX-License-Identifier: MIT */
/* Shows where the threads of a child process hang. */
#ifndef HARNESS_CHECK_HANG_TRACES_H
#define HARNESS_CHECK_HANG_TRACES_H

#include <stddef.h>
#include <sys/types.h>

enum { HANG_TRACES_MAX = 4096 };

/* Writes the call traces of all threads of a child process into `text`, one after the other and
 * indented. Threads with the same trace share one. If the kernel does not allow tracing, writes
 * that instead. The process is stopped meanwhile. */
void hang_traces(pid_t pid, char *text, size_t size);

#endif
