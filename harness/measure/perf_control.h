/* SPDX-License-Identifier: MIT */
/*
 * perf's control descriptors (perf record --control=fd:CTL,ACK). perf acknowledges each command
 * when it is done. Pipes instead of fifos leave nothing behind in the file system, and distinguish
 * a perf that has died from a slow one.
 */
#ifndef HARNESS_MEASURE_PERF_CONTROL_H
#define HARNESS_MEASURE_PERF_CONTROL_H

#include "harness/error.h"

struct perf_control {
	int command[2]; /* [0] is perf's end */
	int answer[2];  /* [1] is perf's end */
	double timeout; /* longest wait for an answer, in seconds */
};

/* Creates the pipes, closed on exec. Returns 0, or -1 with the error set; then all are -1. */
int perf_control_create(struct perf_control *control, double timeout, struct error *err);

/* perf_control_close_perfs() closes perf's ends in this process. As long as they are open here, an
 * exit of perf is not noticed. perf_control_close() closes all ends. Closed ends are -1. */
void perf_control_close_perfs(struct perf_control *control);
void perf_control_close(struct perf_control *control);

/* Sends "ping", "enable" or "disable", and waits for the acknowledgement. Returns 0, or -1 with the
 * error set. The caller must ignore SIGPIPE. */
int perf_control_send(struct perf_control *control, const char *command, struct error *err);

#endif
